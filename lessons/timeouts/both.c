/* One task cancelled by cancel(), another by a timeout: the tasks see no difference. */
#include "lessons/lesson.h"

#include <stdio.h>

struct long_running_task {
    const char *name;
    int duration;

    char result[48];
};

static int long_running_task(void *frame)
{
    struct long_running_task *self = frame;

    say("%s starting (duration: %ds)", self->name, self->duration);
    int r = attempt(co_sleep(self->duration));
    if (r == UV_ECANCELED)
        say("%s was cancelled", self->name);
    await(r);

    say("%s completed", self->name);
    snprintf(self->result, sizeof(self->result), "Result from %s", self->name);
    return 0;
}

struct cancellation_demo {
};

static int cancellation_demo(void *)
{
    say("=== Task Cancellation Demo ===");
    co_task *task = co_spawn(long_running_task, .name = "LongTask", .duration = 5);

    await(co_sleep(2));
    co_cancel(task);

    int r = attempt(co_join(task));
    if (r == UV_ECANCELED) {
        say("Task was successfully cancelled");
        return 0;
    }
    await(r);
    say("Task result: %s", co_frame(long_running_task, task)->result);
    return 0;
}

struct timeout_demo {
};

static int timeout_demo(void *)
{
    say("\n=== Timeout Demo ===");
    co_task *task = co_spawn(long_running_task, .name = "TimeoutTask", .duration = 5);

    int r = attempt(co_wait_for(task, 3.0));
    if (r == UV_ETIMEDOUT) {
        say("Task timed out after 3 seconds");
        return 0;
    }
    await(r);
    say("Task completed: %s", co_frame(long_running_task, task)->result);
    return 0;
}

static int main_task(void *)
{
    await(co_call(cancellation_demo));
    await(co_call(timeout_demo));
    return 0;
}

static int program(void) { return co_run(main_task, NULL); }

const struct about timeouts_both = {
    .title = "one task cancelled by cancel(), another by a timeout",
    .idea = "A timeout cancels the task, as cancel() does. Only the task that awaits "
            "it sees a difference: a TimeoutError, not a CancelledError.",
    .look = "In the trace main cancels both: Task-2, which is LongTask, at 2.000 by "
            "cancel(), and Task-3, which is TimeoutTask, at 5.000 because the limit "
            "of wait_for() has passed. Both print the same sentence.",
    .replays = "B04",
    .program = program,
};
