/* Who speaks first: the tasks, or the one who made them? */
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

    /* Nobody else has run yet: main has not waited so far. */
    say("Tasks created");

    await(co_join(hello));
    await(co_join(world));
    say("All done");
    return 0;
}

static int program(void) { return co_run(main_task, NULL); }

const struct about tasks_created = {
    .title = "two tasks created, none of them started",
    .idea = "create_task puts a coroutine in line; it starts when its maker waits.",
    .look = "Tasks created is said before either task has its start, all at 0.000.",
    .truth = "The tutorial says that a created task starts running immediately. It is "
             "only made ready; its first line runs in a later turn, once main waits.",
    .replays = "C12",
    .program = program,
};
