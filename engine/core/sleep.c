/* sleep.c — a wait for the clock, or for a turn of the other ready tasks. */
#include <math.h>

#include "engine/core/emit.h"

struct sleeper {
    co_future future;
    co_timer timer;
    int64_t length_ns;
};

static void describe_sleep(const co_future *future, co_trace_event *record)
{
    record->number = co_container_of(future, struct sleeper, future)->length_ns;
}

static void wake_sleeper(co_callback *callback)
{
    struct co_loop *loop = co_loop_now;
    struct sleeper *sleeper = co_container_of(callback, struct sleeper, timer.callback);

    if (co_done(&sleeper->future))
        return;
    loop->cause = (struct co_cause){
        .what = "timer",
        .number = sleeper->length_ns,
        .late_ns = co_clock_now(&loop->clock) - sleeper->timer.deadline_ns,
    };
    co_future_complete(&sleeper->future, CO_HAS_RESULT, 0, NULL);
    loop->cause = (struct co_cause){};
}

static int yield_once(void)
{
    struct co_loop *loop = co_loop_now;
    struct co_task_impl *self = co_task_here(loop, "co_sleep");

    if (co_is_observed(loop))
        co_emit_object(loop, CO_WAIT, "yield", NULL, 0);
    co_ready(loop, &self->step);
    return co_suspend(loop, self);
}

static __attribute__((noinline)) int sleep_for(double seconds)
{
    static const struct co_future_class class = {
        .what = "sleep",
        .describe = describe_sleep,
    };
    struct co_loop *loop = co_loop_now;
    struct sleeper sleeper;
    int64_t deadline_ns;

    (void)co_task_here(loop, "co_sleep");
    if (isnan(seconds) && co_asyncio_at_least(loop, 313))
        return co_raise(CO_EVALUE, "Invalid delay: NaN (not a number)");
    if (!co_time_after(co_clock_now(&loop->clock), seconds, &deadline_ns))
        return co_time_too_far(seconds);
    co_future_prepare(&sleeper.future, &class, NULL);
    sleeper.timer.callback.run = wake_sleeper;
    sleeper.length_ns = co_nanoseconds(seconds);
    co_set_timer(&sleeper.timer, deadline_ns);
    int r = co_park(&sleeper.future);
    co_timer_cancel(&sleeper.timer);
    return r;
}

int co_sleep(double seconds)
{
    return seconds <= 0 ? yield_once() : sleep_for(seconds);
}
