/* Wait until all tasks are done, then read their results. */
#include "lessons/lesson.h"

async_def(task, const char *name, double duration)
{
    await(co_sleep(self->duration));
    return text("%s completed", self->name);
}

async_def(main_task)
{
    co_task *tasks[] = { co_spawn(task, "Task-1", 2), co_spawn(task, "Task-2", 1),
                         co_spawn(task, "Task-3", 3) };

    await(co_waitv(tasks, 3, CO_ALL_COMPLETED, CO_FOREVER));
    for (int i = 0; i < 3; i++)
        say("%s", str(co_result(tasks[i])));
    return 0;
}

const struct about wait_all = {
    .title = "three tasks, and one wait until all are done",
    .idea =
        "wait gives back tasks, not results: each task is asked for its own result.",
    .look = "The tasks are done at 1.000, 2.000 and 3.000; main resumes at 3.000 and "
            "prints all three. The names in the lines are the tutorial's: 'Task-1' is "
            "Task-2 in the trace.",
    .truth = "The tutorial's program dies before it starts a task: see wait:shadowed. "
             "This is the same with another loop variable. In CPython the order of "
             "the set of done tasks is arbitrary; here it is that of the list.",
    .replays = "C15x",
    main_is(main_task),
};
