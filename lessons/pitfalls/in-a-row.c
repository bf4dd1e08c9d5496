/* Two fetches that do not need each other: in a row, and at once. */
#include "lessons/lesson.h"

async_def(fetch1)
{
    await(co_sleep(1));
    return text("one");
}

async_def(fetch2)
{
    await(co_sleep(1));
    return text("two");
}

async_def(slow)
{
    int result1 = await(co_call(fetch1));
    int result2 = await(co_call(fetch2));
    return list(result1, result2);
}

async_def(fast) { return await(gather(co_spawn(fetch1), co_spawn(fetch2))); }

async_def(main_task)
{
    driver("slow: %s", str(await(co_call(slow))));
    driver("fast: %s", str(await(co_call(fast))));
    return 0;
}

const struct about pitfalls_in_a_row = {
    .title = "two fetches in a row: 2 s; at once: 1 s",
    .idea = "Await in a row only what needs the result before it. Gather the rest.",
    .look = "The slow way makes no task: main sleeps twice, until 2.000. The fast way "
            "makes two, which sleep together until 3.000.",
    .replays = "D44",
    main_is(main_task),
};
