/* clock.h — two clocks behind one interface. (Private to the engine.)
 *
 * Nanoseconds since the program began. The real clock is live: it goes on while a
 * task computes. The virtual clock goes on only when nothing is ready, by jumping
 * to the next deadline, and when a task says that it computes.
 */
#ifndef CO_CLOCK_H
#define CO_CLOCK_H

#include <stdint.h>

struct co_poll;

struct co_clock;

struct co_clock_class {
    int64_t (*now)(const struct co_clock *self);
    void (*wait)(struct co_clock *self, struct co_poll *poll, int64_t until_ns);
    void (*busy)(struct co_clock *self, int64_t length_ns);
};

struct co_clock {
    const struct co_clock_class *class;
    int64_t now_ns; /* virtual: the time; real: when the program began */
    double speed;   /* virtual: see co_options */
    double max_pause;
};

void co_clock_init_real(struct co_clock *clock);
void co_clock_init_virtual(struct co_clock *clock, double speed, double max_pause);

static inline int64_t co_clock_now(const struct co_clock *clock)
{
    return clock->class->now(clock);
}

/* Let time pass until `until_ns`, or until I/O or an interrupt comes. */
static inline void co_clock_wait(struct co_clock *clock, struct co_poll *poll,
                                 int64_t until_ns)
{
    clock->class->wait(clock, poll, until_ns);
}

static inline void co_clock_busy(struct co_clock *clock, int64_t length_ns)
{
    clock->class->busy(clock, length_ns);
}

/* A time so much later, or the last there is. */
static inline int64_t co_time_add(int64_t time_ns, int64_t length_ns)
{
    int64_t sum;

    return __builtin_add_overflow(time_ns, length_ns, &sum) ? INT64_MAX : sum;
}

/* Seconds as nanoseconds, half to even, far ends kept in range; NaN is 0. */
int64_t co_nanoseconds(double seconds);

#endif
