/* A plain function that blocks, then the coroutine that waits. */
#include "lessons/lesson.h"

static int sync_function(void)
{
    say("Sync function starting");
    time_sleep(2);
    say("Sync function completed");
    return text("Sync result");
}

async_def(async_function)
{
    say("Async function starting");
    await(co_sleep(2));
    say("Async function completed");
    return text("Async result");
}

async_def(main_task)
{
    int result1 = await(co_call(async_function));
    int result2 = await(co_call(async_function));
    say("Results: %s, %s", str(result1), str(result2));
    return 0;
}

static int program(void)
{
    driver("%s", str(check(sync_function())));
    asyncio_run(main_task);
    return 0;
}

const struct about hello_blocking = {
    .title = "2 s blocked, then 4 s waited: 6 s",
    .idea = "time.sleep blocks the thread: nothing else can run. asyncio.sleep "
            "suspends one task, and the event loop runs the others.",
    .look = "The first 2 s are 'busy', and belong to no task. The sleeps of main are "
            "'wait' and 'resume'.",
    .replays = "B01x",
    .program = program,
};
