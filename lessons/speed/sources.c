/* Three sources fetched at once, and the same three one by one. */
#include "lessons/lesson.h"

async_def(fetch_data, const char *source)
{
    await(co_sleep(1));
    return text("data from %s", self->source);
}

async_def(concurrent_operations)
{
    return await(gather(co_spawn(fetch_data, "source1"),
                        co_spawn(fetch_data, "source2"),
                        co_spawn(fetch_data, "source3")));
}

async_def(sequential_operations)
{
    int first = await(co_call(fetch_data, "source1"));
    int second = await(co_call(fetch_data, "source2"));
    int third = await(co_call(fetch_data, "source3"));
    return list(first, second, third);
}

async_def(main_task)
{
    driver("%s", str(await(co_call(concurrent_operations))));
    driver("%s", str(await(co_call(sequential_operations))));
    return 0;
}

const struct about speed_sources = {
    .title = "the same list, after 1 s and after 3 s",
    .idea = "Both ways give the same list. Only gather lets the requests overlap.",
    .look = "The first list is there at 1.000, the second at 4.000, 3 s later.",
    .replays = "B12",
    main_is(main_task),
};
