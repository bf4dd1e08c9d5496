/* cancel(): a cancellation is an error with which a wait ends. */
#include "lessons/lesson.h"

struct long_running_task {
    const char *result;
};

static int long_running_task(void *frame)
{
    struct long_running_task *self = frame;
    int r = attempt(co_sleep(10));

    if (r == UV_ECANCELED)
        say("Task was cancelled!");
    await(r); /* pass it on, or the caller would take it for success */
    self->result = "Task completed";
    return 0;
}

static int main_task(void *)
{
    co_task *task = co_spawn(long_running_task);

    await(co_sleep(2));
    co_cancel(task); /* a request: the task is not done yet */

    int r = attempt(co_join(task));
    if (r == UV_ECANCELED)
        say("Main: task was cancelled");
    else
        await(r);
    return 0;
}

static int program(void) { return co_run(main_task, NULL); }

const struct about timeouts_cancel = {
    .title = "a task is cancelled after 2 s of its 10",
    .idea = "cancel() is a request: the wait of the task ends with an error, the task "
            "may clean up, and then it passes the error on to the task that awaits "
            "it.",
    .look = "main calls cancel() at 2.000 and then waits; the task prints first, and "
            "main after it, at the same moment.",
    .replays = "E14",
    .program = program,
};
