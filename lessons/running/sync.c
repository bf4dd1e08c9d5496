/* A plain function that runs a coroutine and returns its result. */
#include "lessons/lesson.h"

async_def(async_task)
{
    await(co_sleep(1));
    return text("Async result");
}

static int sync_function(void)
{
    int result = asyncio_run(async_task);
    return result;
}

static int program(void)
{
    say("%s", str(await(sync_function())));
    return 0;
}

const struct about running_sync = {
    .title = "a plain function that calls asyncio.run()",
    .idea = "Code without async can use coroutines: asyncio.run() blocks until the "
            "result is there.",
    .look = "The result is printed at 1.000 outside of any task, after main is done.",
    .replays = "D32",
    .program = program,
};
