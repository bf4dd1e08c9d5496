/* One task cancelled by cancel(), another by a timeout: the tasks see no difference. */
#include "lessons/lesson.h"

async_def(long_running_task, const char *name, int duration)
{
    say("%s starting (duration: %ds)", self->name, self->duration);
    int r = attempt(co_sleep(self->duration));
    if (r == UV_ECANCELED)
        say("%s was cancelled", self->name);
    await(r);
    say("%s completed", self->name);
    return text("Result from %s", self->name);
}

async_def(cancellation_demo)
{
    say("=== Task Cancellation Demo ===");
    co_task *task = co_spawn(long_running_task, "LongTask", 5);
    await(co_sleep(2));
    co_cancel(task);
    int r = attempt(co_join(task));
    if (r == UV_ECANCELED)
        say("Task was successfully cancelled");
    else
        say("Task result: %s", str(await(r)));
    return 0;
}

async_def(timeout_demo)
{
    say("\n=== Timeout Demo ===");
    int r = attempt(co_wait_for(co_spawn(long_running_task, "TimeoutTask", 5), 3));
    if (r == UV_ETIMEDOUT)
        say("Task timed out after 3 seconds");
    else
        say("Task completed: %s", str(await(r)));
    return 0;
}

async_def(main_task)
{
    await(co_call(cancellation_demo));
    await(co_call(timeout_demo));
    return 0;
}

const struct about cancel_both = {
    .title = "one task cancelled by cancel(), another by a timeout",
    .idea = "A timeout cancels the task, as cancel() does. Only the task that awaits "
            "it sees a difference: a TimeoutError, not a CancelledError.",
    .look = "main cancels Task-2, which prints as LongTask, at 2.000 by cancel(), and "
            "Task-3, which prints as TimeoutTask, at 5.000 because the limit of "
            "wait_for() has passed. Both print 'was cancelled'.",
    .replays = "B04",
    main_is(main_task),
};
