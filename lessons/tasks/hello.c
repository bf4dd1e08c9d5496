/* Two tasks that print after a while, and the time of day. */
#include "lessons/lesson.h"

async_def(say_after, double delay, const char *message)
{
    await(co_sleep(self->delay));
    say("%s", self->message);
    return 0;
}

async_def(main_task)
{
    say("started at %s", wall_clock());

    co_task *hello = co_spawn(say_after, 1, "hello");
    co_task *world = co_spawn(say_after, 2, "world");
    await(co_join(hello));
    await(co_join(world));

    say("finished at %s", wall_clock());
    return 0;
}

const struct about tasks_hello = {
    .title = "hello after 1 s, world after 2 s: 2 s in all",
    .idea = "A task runs while main waits for another one: when main awaits the "
            "second task, half of its sleep is over.",
    .look = "Both tasks begin to sleep at 0.000; main waits for hello until 1.000, "
            "and then for world only one second more.",
    .replays = "E06",
    main_is(main_task),
};
