/* Three computations of 1 s each, gathered. */
#include "lessons/lesson.h"

async_def(compute)
{
    time_sleep(1); /* stands for a computation of 1 s */
    return 0;
}

async_def(main_task)
{
    double start = co_now();

    await(gather(co_spawn(compute), co_spawn(compute), co_spawn(compute)));
    say("three computations: %.2f seconds", co_now() - start);
    return 0;
}

const struct about pitfalls_cores = {
    .title = "three computations of 1 s, gathered: 3 s",
    .idea = "All tasks of an event loop share its thread, so they use one core of the "
            "processor, however many there are.",
    .look = "Task-3 starts at 1.000 and Task-4 at 2.000, when the one before is done. "
            "Three sleeps would be over at 1.000, as in gather:counters.",
    .belief = "gather runs coroutines in parallel, on several cores.",
    main_is(main_task),
};
