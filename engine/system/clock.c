#include "engine/system/clock.h"

#include <math.h>
#include <time.h>
#include <uv.h>

#include "engine/system/poll.h"

/* ---- seconds and nanoseconds --------------------------------------------- */

/* 2^63, the first double that is out of range. */
static const double limit_ns = 0x1p63;

int64_t co_nanoseconds(double seconds)
{
    double ns = seconds * 1e9;

    if (isnan(ns))
        return 0;
    if (ns >= limit_ns)
        return CO_TIME_NEVER;
    if (ns < -limit_ns)
        return INT64_MIN;
    return llrint(ns);
}

bool co_time_at(double seconds, int64_t *ret_ns)
{
    int64_t ns = co_nanoseconds(seconds);

    if (ns == CO_TIME_NEVER && !isinf(seconds))
        return false;
    *ret_ns = ns;
    return true;
}

bool co_time_after(int64_t now_ns, double seconds, int64_t *ret_ns)
{
    int64_t length_ns, sum;

    if (!co_time_at(seconds, &length_ns))
        return false;
    if (length_ns == CO_TIME_NEVER)
        sum = CO_TIME_NEVER;
    else if (__builtin_add_overflow(now_ns, length_ns, &sum) || sum == CO_TIME_NEVER)
        return false;
    *ret_ns = sum;
    return true;
}

/* `length_ns` after `time_ns`; the last time before CO_TIME_NEVER on overflow. */
static int64_t later(int64_t time_ns, int64_t length_ns)
{
    int64_t sum;

    return __builtin_add_overflow(time_ns, length_ns, &sum) ? CO_TIME_NEVER - 1 : sum;
}

/* ---- sleeping ------------------------------------------------------------ */

/* A signal ends it early. */
static void sleep_once(int64_t length_ns)
{
    enum { NS_PER_S = 1000000000 };
    const struct timespec length = {
        .tv_sec = (time_t)(length_ns / NS_PER_S),
        .tv_nsec = (long)(length_ns % NS_PER_S),
    };

    if (length_ns > 0)
        nanosleep(&length, NULL);
}

void co_sleep_really(int64_t length_ns)
{
    const int64_t end = later((int64_t)uv_hrtime(), length_ns);

    for (int64_t left; (left = end - (int64_t)uv_hrtime()) > 0;)
        sleep_once(left);
}

/* ---- the real clock ------------------------------------------------------ */

static int64_t real_now(const struct co_clock *self)
{
    return (int64_t)uv_hrtime() - self->now_ns;
}

static void real_wait(struct co_clock *self, struct co_poll *poll, int64_t until_ns)
{
    co_poll_wait(poll, until_ns - real_now(self));
}

static void real_block(struct co_clock *self, int64_t length_ns)
{
    (void)self;
    co_sleep_really(length_ns);
}

void co_clock_init_real(struct co_clock *clock)
{
    static const struct co_clock_class real = { real_now, real_wait, real_block };

    *clock = (struct co_clock){ .class = &real, .now_ns = (int64_t)uv_hrtime() };
}

/* Atomic, since other threads may read the clock. */
static int64_t virtual_now(const struct co_clock *self)
{
    return __atomic_load_n(&self->now_ns, __ATOMIC_RELAXED);
}

static void go_on(struct co_clock *self, int64_t length_ns)
{
    __atomic_store_n(&self->now_ns, later(self->now_ns, length_ns), __ATOMIC_RELAXED);
}

/* The real time that so much takes at `speed`. */
static int64_t pause_for(const struct co_clock *self, int64_t way)
{
    if (!(self->speed > 0))
        return 0;
    int64_t pause = co_nanoseconds((double)way / 1e9 / self->speed);
    int64_t most = co_nanoseconds(self->max_pause);
    return self->max_pause > 0 && pause > most ? most : pause;
}

/* Jump to `until_ns`, or pause for the time it takes at `speed`. If an event ends the
 * pause early, the clock advances only by the part of the way that has passed.
 */
static void virtual_wait(struct co_clock *self, struct co_poll *poll, int64_t until_ns)
{
    int64_t way = until_ns - self->now_ns;

    if (way <= 0)
        return;
    if (self->speed > 0) {
        int64_t pause = pause_for(self, way);
        int64_t left = co_poll_wait(poll, pause);
        if (left > 0)
            way -= (int64_t)((double)way * ((double)left / (double)pause));
    }
    go_on(self, way);
}

/* If a signal ends the pause early, the rest of the time passes at once. */
static void virtual_block(struct co_clock *self, int64_t length_ns)
{
    sleep_once(pause_for(self, length_ns));
    go_on(self, length_ns);
}

void co_clock_init_virtual(struct co_clock *clock, double speed, double max_pause)
{
    static const struct co_clock_class jumping = { virtual_now, virtual_wait,
                                                   virtual_block };

    *clock = (struct co_clock){
        .class = &jumping,
        .speed = speed,
        .max_pause = max_pause,
    };
}
