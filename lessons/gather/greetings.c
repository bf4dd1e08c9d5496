/* Three greetings, a second apart, from coroutines that return nothing. */
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
    say("started at %s", wall_clock().s);

    await(co_gather(co_spawn(say_after, 1, "hello"), co_spawn(say_after, 2, "world"),
                    co_spawn(say_after, 3, "from Python!")));

    say("finished at %s", wall_clock().s);

    /* say_after returns nothing: Python prints None for each. */
    say("Results: [None, None, None]");
    return 0;
}

static int program(void) { return co_run(main_task, NULL); }

const struct about gather_greetings = {
    .title = "three greetings after 1, 2 and 3 s: 3 s in all",
    .idea = "All three sleeps begin at the same moment, so all three delays count "
            "from there.",
    .look = "Each task is done after its greeting; only the last one wakes main.",
    .replays = "E08",
    .program = program,
};
