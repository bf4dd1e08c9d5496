/* Wait for the first of three tasks, and cancel the others. */
#include "lessons/lesson.h"

async_def(task, int n)
{
    await(co_sleep(self->n));
    return self->n;
}

async_def(main_task)
{
    co_task *tasks[] = { co_spawn(task, 1), co_spawn(task, 2), co_spawn(task, 3) };

    await(co_waitv(tasks, 3, CO_FIRST_COMPLETED, CO_FOREVER));
    for (int i = 0; i < 3; i++)
        if (co_done(tasks[i]))
            say("First completed: %d", co_result(tasks[i]));

    for (int i = 0; i < 3; i++)
        if (!co_done(tasks[i]))
            co_cancel(tasks[i]);
    return 0;
}

const struct about wait_first = {
    .title = "the first of three is done at 1 s, the others are cancelled",
    .idea = "wait with FIRST_COMPLETED returns when one task is done. The others run "
            "on, unless they are cancelled.",
    .look = "At 1.000 main cancels Task-3 and Task-4 and is done itself. The end of "
            "the program waits until both are cancelled.",
    .truth = "The tutorial's program dies before it starts a task: see "
             "wait:shadowed-list. This is the same with another loop variable.",
    .replays = "D19x",
    main_is(main_task),
};
