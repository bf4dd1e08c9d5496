/* Three slow requests, one at a time and all at once, and the times compared. */
#include "lessons/lesson.h"

async_def(fetch_data, const char *name, double delay)
{
    say("Starting to fetch %s", self->name);
    await(co_sleep(self->delay));
    say("Finished fetching %s", self->name);
    return text("Data from %s", self->name);
}

async_def(main_task)
{
    say("=== Sequential Execution ===");
    double start = co_now();

    await(co_call(fetch_data, "API-1", 2));
    await(co_call(fetch_data, "API-2", 1));
    await(co_call(fetch_data, "API-3", 3));

    double sequential = co_now() - start;
    say("Sequential time: %.2f seconds", sequential);

    say("\n=== Concurrent Execution ===");
    start = co_now();

    int results =
        await(gather(co_spawn(fetch_data, "API-1", 2), co_spawn(fetch_data, "API-2", 1),
                     co_spawn(fetch_data, "API-3", 3)));

    double concurrent = co_now() - start;
    say("Concurrent time: %.2f seconds", concurrent);
    say("Speedup: %.2fx", sequential / concurrent);
    say("Results: %s", str(results));
    return 0;
}

const struct about gather_speedup = {
    .title = "three requests of 2, 1 and 3 s: 6 s one by one, 3 s at once",
    .idea = "One by one, the times add up; all at once, only the longest counts. The "
            "speedup is the first time divided by the second.",
    .look = "From 6.000 on all three tasks sleep at the same time. They are done in "
            "the order of their delays, and the list keeps the order of gather's "
            "arguments.",
    .replays = "B02",
    main_is(main_task),
};
