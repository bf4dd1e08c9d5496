/* cancel(): a cancellation is an error with which a wait ends. */
#include "lessons/lesson.h"

async_def(long_running_task)
{
    int r = attempt(co_sleep(10));
    if (r == UV_ECANCELED)
        say("Task was cancelled!");
    await(r); /* pass it on, or the caller would take it for success */
    return text("Task completed");
}

async_def(main_task)
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

const struct about cancel_request = {
    .title = "a task is cancelled after 2 s of its 10",
    .idea = "cancel() is a request: the wait of the task ends with an error, the task "
            "may clean up, and then it passes the error on to the task that awaits "
            "it.",
    .look = "main calls cancel() at 2.000 and then waits; the task prints first, and "
            "main after it, at the same moment.",
    .replays = "E14",
    main_is(main_task),
};
