/* Three workers, and the time of day of each of their lines. */
#include "lessons/lesson.h"

async_def(worker, const char *name, double delay)
{
    say("%s - %s: Starting", wall_clock(), self->name);
    await(co_sleep(self->delay));
    say("%s - %s: Finished", wall_clock(), self->name);
    return text("%s result", self->name);
}

async_def(main_task)
{
    say("%s - Main: Starting", wall_clock());
    int results =
        await(gather(co_spawn(worker, "Worker-1", 3), co_spawn(worker, "Worker-2", 1),
                     co_spawn(worker, "Worker-3", 2)));
    say("%s - Main: All done", wall_clock());
    say("Results: %s", str(results));
    return 0;
}

const struct about concurrency_timestamps = {
    .title = "three workers of 3, 1 and 2 s, with the time of day",
    .idea = "Lines with a time show what overlaps, in any program. The trace has a "
            "finer clock: seconds since the start.",
    .look = "All three start at 14:30:00, which is 0.000. They finish in the order of "
            "their delays, Worker-2 first.",
    .truth = "The output printed in the tutorial lacks the last line, the results.",
    .replays = "C07",
    main_is(main_task),
};
