/* One loop, two tasks: the one that sleeps less is done first. */
#include "lessons/lesson.h"

async_def(task1)
{
    say("Task 1 started");
    await(co_sleep(2));
    say("Task 1 completed");
    return text("Result 1");
}

async_def(task2)
{
    say("Task 2 started");
    await(co_sleep(1));
    say("Task 2 completed");
    return text("Result 2");
}

async_def(main_task)
{
    say("Starting event loop");
    int results = await(gather(co_spawn(task1), co_spawn(task2)));
    say("Results: %s", str(results));
    return 0;
}

const struct about gather_loop = {
    .title = "two tasks on one event loop, and which is done first",
    .idea = "The event loop runs each ready task until that task waits. When no task "
            "is ready, the loop itself sleeps.",
    .look = "main is the first task, so what prints 'Task 1' is Task-2 in the trace. "
            "At 0.000 all three tasks run; then the loop sleeps until a timer is due, "
            "at 1.000 and at 2.000.",
    .replays = "C06",
    main_is(main_task),
};
