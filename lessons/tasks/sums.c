/* Two sums computed at once, and their results taken later. */
#include "lessons/lesson.h"

async_def(calculate, int x, int y)
{
    await(co_sleep(1));
    return self->x + self->y;
}

async_def(main_task)
{
    co_task *task1 = co_spawn(calculate, 5, 3);
    co_task *task2 = co_spawn(calculate, 10, 20);

    int result1 = await(co_join(task1));
    int result2 = await(co_join(task2));
    say("Results: %d, %d", result1, result2);
    return 0;
}

const struct about tasks_sums = {
    .title = "two sums at once, each with a result",
    .idea = "Awaiting a task gives what its coroutine returned, also when the task "
            "was done long before.",
    .look = "Both tasks are done before main resumes. main waits once, for the first; "
            "the second result is there already.",
    .replays = "C13",
    main_is(main_task),
};
