/* Five sources of random speed. */
#include "lessons/lesson.h"

async_def(fetch_data, int id)
{
    await(co_sleep(co_uniform(0.5, 2)));
    return text("Data from source %d", self->id);
}

async_def(main_task)
{
    co_task *tasks[5];
    for (int i = 0; i < 5; i++)
        tasks[i] = co_spawn(fetch_data, i + 1);

    for_as_completed(completed, tasks, 5)
        say("Got result: %s", str(await(completed)));
    return 0;
}

const struct about as_completed_sources = {
    .title = "five sources, each with a random delay",
    .idea = "The order of the results depends on the delays alone: it is not known "
            "before the run.",
    .look = "Each result is printed at the moment when its task is done. With another "
            "--seed the order is another one.",
    .truth = "In CPython 3.11 the coroutines start in the arbitrary order of a set, so "
             "even with a fixed seed another source may get the first delay. Here they "
             "start, and draw their delays, in the order of the list. The block does "
             "not import asyncio, so alone it ends with a NameError.",
    .replays = "E09",
    .random = true,
    main_is(main_task),
};
