/* Which prints first: the tasks, or main, which created them? */
#include "lessons/lesson.h"

async_def(say_after, double delay, const char *message)
{
    await(co_sleep(self->delay));
    say("%s", self->message);
    return 0;
}

async_def(main_task)
{
    co_task *hello = co_spawn(say_after, 1, "Hello");
    co_task *world = co_spawn(say_after, 2, "World");

    /* Neither task has run yet: main has not waited so far. */
    say("Tasks created");

    await(co_join(hello));
    await(co_join(world));
    say("All done");
    return 0;
}

const struct about tasks_created = {
    .title = "two tasks created, neither of them started",
    .idea = "create_task puts the new task on the ready queue. It starts when the "
            "running task waits.",
    .look = "'Tasks created' is printed before either task starts, all at 0.000.",
    .truth = "The tutorial says that a created task starts running immediately. In "
             "fact it is only ready; its first line runs later, once main waits.",
    .belief = "create_task starts the task at once.",
    .replays = "C12",
    main_is(main_task),
};
