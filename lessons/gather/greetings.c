/* Three greetings, a second apart, from coroutines that return nothing. */
#include "lessons/lesson.h"

async_def(say_after, double delay, const char *message)
{
    await(co_sleep(self->delay));
    say("%s", self->message);
    return None;
}

async_def(main_task)
{
    say("started at %s", wall_clock());
    int results =
        await(gather(co_spawn(say_after, 1, "hello"), co_spawn(say_after, 2, "world"),
                     co_spawn(say_after, 3, "from Python!")));
    say("finished at %s", wall_clock());
    say("Results: %s", str(results)); /* say_after returns nothing */
    return 0;
}

const struct about gather_greetings = {
    .title = "three greetings after 1, 2 and 3 s: 3 s in all",
    .idea = "All three sleeps begin at the same moment, so all three delays count "
            "from there.",
    .look = "Each task is done after its greeting; only the last one wakes main.",
    .replays = "E08",
    main_is(main_task),
};
