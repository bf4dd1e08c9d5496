/* Three counters without asyncio: each waits for the one before. */
#include "lessons/lesson.h"

static int count(void)
{
    say("One");
    time_sleep(1);
    say("Two");
    return 0;
}

static int program(void)
{
    double start = co_now();

    for (int i = 0; i < 3; i++)
        check(count());
    say("Executed in %0.2f seconds.", co_now() - start);
    return 0;
}

const struct about blocking_counters = {
    .title = "three counters, one after the other: 3 s",
    .idea = "A function that blocks returns when its wait is over. Until then no other "
            "line of the program runs.",
    .look = "There is no task and no event loop. Each counter is busy for 1 s, and "
            "prints One when the one before has printed Two.",
    .truth = "The tutorial's output says 3.01 seconds: its run took 10 ms more.",
    .replays = "E02",
    .program = program,
};
