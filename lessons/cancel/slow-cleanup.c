/* Between cancel() and the end of the task lies its cleanup, which may wait. */
#include "lessons/lesson.h"

async_def(long_running_operation) { return co_sleep(10); }

async_def(cleanup_resources) { return co_sleep(0.5); }

async_def(cancellable_task)
{
    int r = attempt(co_call(long_running_operation));
    if (r == UV_ECANCELED)
        co_handling(r)
            await(co_call(cleanup_resources));
    return r; /* raise it again */
}

async_def(main_task)
{
    co_task *task = co_spawn(cancellable_task);
    await(co_sleep(1));
    co_cancel(task);
    driver("after cancel(), done: %s", co_done(task) ? "True" : "False");
    if (attempt(co_join(task)) == UV_ECANCELED)
        driver("after await, done: %s", co_done(task) ? "True" : "False");
    return 0;
}

const struct about cancel_slow_cleanup = {
    .title = "cancelled at 1 s, done at 1.5 s",
    .idea = "cancel() returns at once and stops nothing: the task is done when it has "
            "cleaned up and raised the error again.",
    .look = "main prints 'done: False' at 1.000, before Task-2 even resumes. Task-2 "
            "sleeps once more, and both end at 1.500.",
    .belief = "cancel() stops a task now.",
    .replays = "B17",
    main_is(main_task),
};
