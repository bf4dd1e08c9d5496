/* A task that beats every half second, beside a call that blocks and one that waits. */
#include "lessons/lesson.h"

async_def(heartbeat)
{
    for (int i = 0; i < 3; i++) {
        driver("beat");
        await(co_sleep(0.5));
    }
    return 0;
}

async_def(blocking_async)
{
    time_sleep(1); /* blocks the whole event loop */
    return text("Done");
}

async_def(non_blocking_async)
{
    await(co_sleep(1)); /* suspends this task only */
    return text("Done");
}

async_def(main_task)
{
    int results = await(gather(co_spawn(heartbeat), co_spawn(blocking_async)));
    driver("blocking: %s", str(at(results, 1)));
    results = await(gather(co_spawn(heartbeat), co_spawn(non_blocking_async)));
    driver("not blocking: %s", str(at(results, 1)));
    return 0;
}

const struct about pitfalls_blocking = {
    .title = "a heartbeat that a blocking call stops",
    .idea = "time.sleep stops the thread, and with it every task. asyncio.sleep "
            "suspends one task.",
    .look = "The second beat is due at 0.500 and comes at 1.000: Task-3 is busy until "
            "then. In the second half the beats keep their rhythm.",
    .belief = "A blocking call only delays the coroutine that makes it.",
    .replays = "B16 D43",
    main_is(main_task),
};
