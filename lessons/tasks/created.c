/* Which prints first: the tasks, or main, which created them? */
#include "lessons/lesson.h"

struct say_after {
    double delay;
    const char *message;
};

static int say_after(void *frame)
{
    const struct say_after *self = frame;

    await(co_sleep(self->delay));
    say("%s", self->message);
    return 0;
}

static int main_task(void *)
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

static int program(void) { return co_run(main_task, NULL); }

const struct about tasks_created = {
    .title = "two tasks created, neither of them started",
    .idea = "create_task puts the new task on the ready queue. It starts when the "
            "running task waits.",
    .look = "'Tasks created' is printed before either task starts, all at 0.000.",
    .truth = "The tutorial says that a created task starts running immediately. In "
             "fact it is only ready; its first line runs later, once main waits.",
    .replays = "C12",
    .program = program,
};
