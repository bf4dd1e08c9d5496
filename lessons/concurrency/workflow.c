/* The eight steps of the event loop with two tasks, in the order in which they come. */
#include "lessons/lesson.h"

async_def(task_a)
{
    say("1. Task A starts");
    say("2. Task A awaits: it is suspended");
    await(co_sleep(1));
    say("5. Task A's wait is over: it resumes");
    say("6. Task A finishes");
    return 0;
}

async_def(task_b)
{
    say("3. Task B starts");
    say("4. Task B awaits: it is suspended");
    await(co_sleep(2));
    say("7. Task B's wait is over: it resumes");
    say("8. Task B finishes: all done");
    return 0;
}

async_def(main_task)
{
    co_task *a = co_spawn(task_a);
    co_task *b = co_spawn(task_b);
    await(gather(a, b));
    return 0;
}

const struct about concurrency_workflow = {
    .title = "the event loop in eight steps",
    .idea = "The event loop runs a task until it awaits, then the next one. When a "
            "wait is over it resumes that task.",
    .look = "Each step is a line, and they come as numbered, though the program has "
            "them in another order. Between 4 and 5 and between 6 and 7 the loop "
            "itself sleeps.",
    .replays = "D08 D08x",
    main_is(main_task),
};
