/* Three counters at once: the whole takes as long as one of them. */
#include "lessons/lesson.h"

async_def(count)
{
    say("One");
    await(co_sleep(1));
    say("Two");
    return 0;
}

async_def(main_task)
{
    await(gather(co_spawn(count), co_spawn(count), co_spawn(count)));
    return 0;
}

static int program(void)
{
    double start = co_now();

    int r = co_run(main_task, NULL);
    say("Executed in %0.2f seconds.", co_now() - start);
    return r;
}

const struct about gather_counters = {
    .title = "three counters at once: 1 s, not 3 s",
    .idea = "While one coroutine sleeps the others run: waiting overlaps, computing "
            "does not.",
    .look = "All three tasks print One before any task prints Two, in the order in "
            "which they were created.",
    .replays = "E01",
    .program = program,
};
