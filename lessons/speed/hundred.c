/* A hundred sleeps of 0.1 s: as tasks, and in a row. */
#include "lessons/lesson.h"

async_def(nap)
{
    await(co_sleep(0.1));
    return 0;
}

async_def(async_io_bound)
{
    co_task *tasks[100];

    for (int i = 0; i < 100; i++)
        tasks[i] = co_spawn(nap);
    await(gatherv(tasks, 100));
    return 0;
}

static int sync_io_bound(void)
{
    for (int i = 0; i < 100; i++)
        time_sleep(0.1);
    return 0;
}

static int program(void)
{
    double start = co_now();
    await(co_run(async_io_bound, NULL));
    say("Async: %.2fs", co_now() - start);

    start = co_now();
    check(sync_io_bound());
    say("Sync: %.2fs", co_now() - start);
    return 0;
}

const struct about speed_hundred = {
    .title = "a hundred sleeps of 0.1 s: 0.1 s as tasks, 10 s in a row",
    .idea = "The more waits there are, the more there is to gain by waiting for all of "
            "them at once.",
    .look = "A hundred tasks begin to sleep at 0.000 and are done at 0.100. Then the "
            "program is busy a hundred times, and no task is there to run.",
    .replays = "D35",
    .program = program,
};
