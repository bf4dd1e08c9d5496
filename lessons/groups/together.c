/* A block that ends when the tasks created in it are done. */
#include "lessons/lesson.h"

async_def(say_after, double delay, const char *message)
{
    await(co_sleep(self->delay));
    say("%s", self->message);
    return None;
}

async_def(main_task)
{
    co_group group = {};
    await(co_in_group(&group, ({
        co_group_spawn(&group, say_after, 1, "hello");
        co_group_spawn(&group, say_after, 2, "world");
        say("started at %s", wall_clock());
        0;
    })));
    say("finished at %s", wall_clock());
    return 0;
}

const struct about groups_together = {
    .title = "two tasks, and a block that ends after the slower one",
    .idea = "At the end of its block a task group waits for all its tasks: none can be "
            "forgotten.",
    .look = "main waits for the group at 0.000, and resumes at 2.000, when Task-3 is "
            "done.",
    .replays = "E07",
    main_is(main_task),
};
