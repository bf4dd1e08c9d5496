/* Two tasks in the background, while main does its own work. */
#include "lessons/lesson.h"

async_def(background_task, const char *name)
{
    await(co_sleep(2));
    say("%s completed", self->name);
    return 0;
}

async_def(main_task)
{
    co_task *task1 = co_spawn(background_task, "Task 1");
    co_task *task2 = co_spawn(background_task, "Task 2");

    say("Tasks started, doing other work...");
    await(co_sleep(1));
    say("Still doing work...");

    /* Wait for both: a task that is not done is cancelled when main ends. */
    await(co_join(task1));
    await(co_join(task2));
    return 0;
}

const struct about tasks_background = {
    .title = "main works while two tasks sleep",
    .idea = "A task runs whether or not another task waits for it. To await a task is "
            "to wait for its end.",
    .look = "When main prints 'Tasks started', neither task has started: both run for "
            "the first time during main's own sleep. What prints 'Task 1' is Task-2 "
            "in the trace.",
    .truth = "The tutorial calls this fire and forget and says that the tasks start "
             "immediately. In fact both are awaited at the end, and neither starts "
             "before main sleeps. A task that is never awaited is cancelled when main "
             "ends: see tasks:orphan.",
    .replays = "D18",
    main_is(main_task),
};
