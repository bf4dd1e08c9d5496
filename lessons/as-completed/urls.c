/* Three addresses, fetched at once and reported one by one. */
#include "lessons/lesson.h"

async_def(fetch_data, const char *url, double delay)
{
    await(co_sleep(self->delay));
    return text("Data from %s", self->url);
}

async_def(main_task)
{
    co_task *tasks[] = { co_spawn(fetch_data, "url1", 3),
                         co_spawn(fetch_data, "url2", 1),
                         co_spawn(fetch_data, "url3", 2) };

    for_as_completed(completed, tasks, 3)
        say("Got: %s", str(await(completed)));
    return 0;
}

const struct about as_completed_urls = {
    .title = "the quickest address is reported first",
    .idea = "The caller can work on the first result while the other tasks still wait.",
    .look = "'Got' comes at 1.000, 2.000 and 3.000. gather would give nothing before "
            "3.000.",
    .truth = "as_completed does not give back the tasks or coroutines of the list, but "
             "a new object for each step: only the result, here the address in it, "
             "tells which one is done. CPython 3.11 starts the three in the arbitrary "
             "order of a set; only the numbers of the tasks depend on it.",
    .replays = "D20",
    main_is(main_task),
};
