/* A function and a coroutine function called, and then one that is run. */
#include "lessons/lesson.h"

static int regular_function(void) { return text("Hello"); }

async_def(async_function) { return text("Hello"); }

static int program(void)
{
    int result1 = regular_function();
    co_coroutine *result2 = co_create(async_function);
    int result3 = asyncio_run(async_function);

    driver("%s", str(result1));
    driver("%s", coroutine_repr(result2));
    driver("%s", str(result3));
    return 0;
}

const struct about coroutines_unawaited = {
    .title = "three results, and one of them is no text",
    .idea = "To get the result of a coroutine, await it. Outside of coroutines, "
            "asyncio.run() does that.",
    .look = "result2 is the object itself. It exists to the end of the program, where "
            "the warning comes.",
    .truth = "The tutorial's program prints nothing, and does not mention the warning.",
    .replays = "D09",
    .program = program,
};
