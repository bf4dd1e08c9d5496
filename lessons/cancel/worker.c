/* A task without an end: only a cancellation stops it. */
#include "lessons/lesson.h"

async_def(cancellable_task)
{
    int r;
    while ((r = attempt(co_sleep(1))) >= 0)
        say("Working...");
    if (r == UV_ECANCELED)
        say("Task cancelled, cleaning up...");
    return r; /* raise it again */
}

async_def(main_task)
{
    co_task *task = co_spawn(cancellable_task);
    await(co_sleep(3.5));
    co_cancel(task);
    if (attempt(co_join(task)) == UV_ECANCELED)
        driver("the task is cancelled: %s", co_cancelled(task) ? "True" : "False");
    return 0;
}

const struct about cancel_worker = {
    .title = "three rounds of work, and a cancellation in the fourth",
    .idea = "A task that runs for ever ends by cancel(): it cleans up and raises the "
            "CancelledError again, so that its caller knows.",
    .look = "Task-2 works at 1.000, 2.000 and 3.000. At 3.500 main cancels it, and its "
            "fourth sleep ends early.",
    .replays = "D40",
    main_is(main_task),
};
