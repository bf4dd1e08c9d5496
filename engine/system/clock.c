#include "engine/system/clock.h"

#include <math.h>
#include <uv.h>

#include "engine/system/poll.h"

int64_t co_nanoseconds(double seconds)
{
    /* A bit less than INT64_MAX, so that a deadline can be added to a time. */
    static const double most = 4e18;
    double ns = seconds * 1e9;

    if (isnan(ns))
        return 0;
    if (ns > most)
        return (int64_t)most;
    if (ns < -most)
        return -(int64_t)most;
    return llrint(ns);
}

static int64_t real_now(const struct co_clock *self)
{
    return (int64_t)uv_hrtime() - self->now_ns;
}

static void real_wait(struct co_clock *self, struct co_poll *poll, int64_t until_ns)
{
    co_poll_wait(poll, until_ns - real_now(self));
}

static void real_busy(struct co_clock *self, int64_t length_ns)
{
    int64_t end = co_time_add(real_now(self), length_ns);

    while (real_now(self) < end)
        ;
}

void co_clock_init_real(struct co_clock *clock)
{
    static const struct co_clock_class real = { real_now, real_wait, real_busy };

    *clock = (struct co_clock){ .class = &real, .now_ns = (int64_t)uv_hrtime() };
}

/* Other threads may look at it meanwhile. */
static int64_t virtual_now(const struct co_clock *self)
{
    return __atomic_load_n(&self->now_ns, __ATOMIC_RELAXED);
}

static void go_on(struct co_clock *self, int64_t length_ns)
{
    __atomic_store_n(&self->now_ns, co_time_add(self->now_ns, length_ns),
                     __ATOMIC_RELAXED);
}

/* A jump, or a walk at `speed` for those who watch. Who is woken on the way finds
 * the clock where the walk had come to.
 */
static void virtual_wait(struct co_clock *self, struct co_poll *poll, int64_t until_ns)
{
    int64_t way = until_ns - self->now_ns;

    if (way <= 0)
        return;
    if (self->speed > 0) {
        int64_t pause = co_nanoseconds((double)way / 1e9 / self->speed);
        int64_t most = co_nanoseconds(self->max_pause);
        if (self->max_pause > 0 && pause > most)
            pause = most;
        int64_t left = co_poll_wait(poll, pause);
        if (left > 0)
            way -= (int64_t)((double)way * ((double)left / (double)pause));
    }
    go_on(self, way);
}

static void virtual_busy(struct co_clock *self, int64_t length_ns)
{
    go_on(self, length_ns);
}

void co_clock_init_virtual(struct co_clock *clock, double speed, double max_pause)
{
    static const struct co_clock_class jumping = { virtual_now, virtual_wait,
                                                   virtual_busy };

    *clock = (struct co_clock){
        .class = &jumping,
        .speed = speed,
        .max_pause = max_pause,
    };
}
