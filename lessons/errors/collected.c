/* One task fails at once; its error is collected with the results of the others. */
#include "lessons/lesson.h"

async_def(task, int n)
{
    if (self->n == 2)
        return co_raise(CO_EVALUE, "Task %d failed!", self->n);
    await(co_sleep(1));
    return self->n;
}

async_def(main_task)
{
    int results =
        await(settle(co_spawn(task, 1), co_spawn(task, 2), co_spawn(task, 3)));

    for (int i = 0; i < len(results); i++)
        say(error_of(at(results, i)) ? "Task %d failed: %s" : "Task %d succeeded: %s",
            i, str(at(results, i)));
    return 0;
}

const struct about errors_collected = {
    .title = "one fails at 0 s, and is reported at 1 s",
    .idea =
        "With return_exceptions=True gather waits for all tasks; the caller sees no "
        "error before that.",
    .look =
        "Task-3 fails at 0.000. main resumes at 1.000, when the other two are done.",
    .truth =
        "The program prints 'Task 1 failed: Task 2 failed!': it counts the results "
        "from 0, and the tasks from 1.",
    .replays = "D34",
    main_is(main_task),
};
