/* Three slow requests, one at a time and all at once, and the times compared. */
#include "lessons/lesson.h"

#include <stdio.h>

struct fetch_data {
    const char *name;
    double delay;

    char data[32];
};

static int fetch_data(void *frame)
{
    struct fetch_data *self = frame;

    say("Starting to fetch %s", self->name);
    await(co_sleep(self->delay));
    say("Finished fetching %s", self->name);
    snprintf(self->data, sizeof(self->data), "Data from %s", self->name);
    return 0;
}

static int main_task(void *)
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

    co_task *one = co_spawn(fetch_data, "API-1", 2);
    co_task *two = co_spawn(fetch_data, "API-2", 1);
    co_task *three = co_spawn(fetch_data, "API-3", 3);
    await(co_gather(one, two, three));

    double concurrent = co_now() - start;
    say("Concurrent time: %.2f seconds", concurrent);
    say("Speedup: %.2fx", sequential / concurrent);

    struct text results =
        list_of(co_frame(fetch_data, one)->data, co_frame(fetch_data, two)->data,
                co_frame(fetch_data, three)->data);
    say("Results: %s", results.s);
    return 0;
}

static int program(void) { return co_run(main_task, NULL); }

const struct about gather_speedup = {
    .title = "three requests of 2, 1 and 3 s: 6 s one by one, 3 s at once",
    .idea = "One by one, the times add up; all at once, only the longest counts. The "
            "speedup is the first time divided by the second.",
    .look = "From 6.000 on all three tasks sleep at the same time. They are done in "
            "the order of their delays, and the list keeps the order of gather's "
            "arguments.",
    .replays = "B02",
    .program = program,
};
