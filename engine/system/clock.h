/* clock.h — two clocks behind one interface. (Private to the engine.)
 *
 * Times are nanoseconds since the clock was made. The real clock also advances while a
 * task computes. The virtual clock advances only in two cases: when no callback is
 * ready it jumps to the next deadline, and co_clock_block() adds the time for which the
 * thread of the loop is blocked.
 */
#ifndef CO_CLOCK_H
#define CO_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

struct co_poll;

struct co_clock;

struct co_clock_class {
    int64_t (*now)(const struct co_clock *self);
    void (*wait)(struct co_clock *self, struct co_poll *poll, int64_t until_ns);
    void (*block)(struct co_clock *self, int64_t length_ns);
};

struct co_clock {
    const struct co_clock_class *class;
    int64_t now_ns; /* virtual: the time; real: uv_hrtime() at the start */
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

/* Block this thread until so much time has passed. */
static inline void co_clock_block(struct co_clock *clock, int64_t length_ns)
{
    clock->class->block(clock, length_ns);
}

/* Block this thread for so long in real time, also if signals come meanwhile. */
void co_sleep_really(int64_t length_ns);

/* No deadline: later than every time the clock can show. */
#define CO_TIME_NEVER INT64_MAX

/* Seconds as nanoseconds, rounded half to even. What is out of range becomes the
 * first or the last value; infinity is CO_TIME_NEVER, and NaN is 0.
 */
int64_t co_nanoseconds(double seconds);

/* False: `seconds` is finite, but 64-bit nanoseconds do not hold it. */
bool co_time_at(double seconds, int64_t *ret_ns);

/* The time `seconds` after `now_ns`, exact to the nanosecond; infinity is
 * CO_TIME_NEVER. False: finite, but out of range.
 */
bool co_time_after(int64_t now_ns, double seconds, int64_t *ret_ns);

#endif
