/* Results in the order of the arguments, whichever task is done first. */
#include "lessons/lesson.h"

async_def(fetch_data, int id, double delay)
{
    say("Fetching data %d", self->id);
    await(co_sleep(self->delay));
    return text("Data %d", self->id);
}

async_def(main_task)
{
    double start = co_now();

    int results = await(gather(co_spawn(fetch_data, 1, 2), co_spawn(fetch_data, 2, 1),
                               co_spawn(fetch_data, 3, 3)));
    say("Results: %s", str(results));
    say("Time taken: %.2fs", co_now() - start);
    return 0;
}

const struct about gather_order = {
    .title = "the second task is done first, its result stays second",
    .idea = "gather returns results in the order of its arguments, not in the order "
            "in which the tasks are done.",
    .look = "The tasks are done at 1.000, 2.000 and 3.000, the second one first; the "
            "list begins with Data 1.",
    .replays = "C14",
    main_is(main_task),
};
