/* Three jobs of 3 s that block, each in a thread of its own. */
#include "lessons/lesson.h"

thread_def(job)
{
    time_sleep(3);
    return 0;
}

async_def(core, co_executor *pool)
{
    await(co_join(co_execute(self->pool, job)));
    return 0;
}

#define named(core_name, pool) \
    co_spawn_with(co_spawn_options(.name = (core_name)), core, pool)

async_def(main_task, co_executor *pool)
{
    double start = co_now();

    self->pool = co_executor_new(3);
    await(gather(named("Core-1", self->pool), named("Core-2", self->pool),
                 named("Core-3", self->pool)));
    co_executor_finish(self->pool);
    say("Total: %.0f seconds (all executing simultaneously)", co_now() - start);
    return 0;
}

const struct about concurrency_parallel = {
    .title = "three jobs that block, in three threads: 3 s",
    .idea = "Jobs that block run side by side if each has a thread. The event loop "
            "only waits for them.",
    .look = "The chart ('timeline') shows three bars side by side, as in "
            "concurrency:concurrent; but here three threads are occupied for 3 s.",
    .truth = "The tutorial's chart is about processes. Threads stand in for them here: "
             "in Python they would not compute at the same moment, because of the GIL.",
    .replays = "D07 D07x",
    main_is(main_task),
};
