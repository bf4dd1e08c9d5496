/* Two functions that look alike: one returns a text, the other a coroutine. */
#include "lessons/lesson.h"

static int regular_function(void) { return text("Hello"); }

async_def(coroutine_function) { return text("Hello"); }

static int program(void)
{
    say("%s", str(regular_function()));
    co_coroutine *coro = co_create(coroutine_function);
    say("%s", coroutine_repr(coro));

    int result = asyncio_run(coroutine_function);
    say("%s", str(result));
    return 0;
}

const struct about coroutines_kinds = {
    .title = "a call that returns a text, and one that returns a coroutine",
    .idea = "Calling an async function only makes a coroutine object. asyncio.run() "
            "runs it and returns its result.",
    .look = "The first object never runs. The only task is that of asyncio.run().",
    .truth = "The tutorial does not mention the warning at the end: coro was never "
             "awaited.",
    .replays = "C03",
    .program = program,
};
