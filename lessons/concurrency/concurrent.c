/* Three jobs of 3 s that wait: all of them at the same time. */
#include "lessons/lesson.h"

async_def(job)
{
    await(co_sleep(3));
    return 0;
}

#define named(job_name) co_spawn_with(co_spawn_options(.name = (job_name)), job)

async_def(main_task)
{
    double start = co_now();

    await(gather(named("Task-A"), named("Task-B"), named("Task-C")));
    say("Total: %.0f seconds (all waiting simultaneously)", co_now() - start);
    return 0;
}

const struct about concurrency_concurrent = {
    .title = "three jobs that wait: 3 s",
    .idea = "A job that waits gives the thread back. The next one begins at once, and "
            "all of them wait together.",
    .look = "The chart ('timeline') shows three bars side by side. Nothing runs "
            "between 0.000 and 3.000: waiting needs no thread.",
    .replays = "D06 D06x",
    main_is(main_task),
};
