/* Three jobs of 3 s that block: each begins when the one before has ended. */
#include "lessons/lesson.h"

async_def(job)
{
    time_sleep(3);
    return 0;
}

#define named(job_name) co_spawn_with(co_spawn_options(.name = (job_name)), job)

async_def(main_task)
{
    double start = co_now();

    await(gather(named("Task-A"), named("Task-B"), named("Task-C")));
    say("Total: %.0f seconds", co_now() - start);
    return 0;
}

const struct about concurrency_synchronous = {
    .title = "three jobs that block: 9 s",
    .idea = "A job that blocks keeps the thread until it is over, so three of them run "
            "one after the other.",
    .look = "The chart ('timeline') shows three bars in a row. Task-B starts at 3.000 "
            "and Task-C at 6.000: before that the loop has no turn to give.",
    .replays = "D05 D05x",
    main_is(main_task),
};
