/* The number 42, returned by a coroutine. */
#include "lessons/lesson.h"

async_def(answer) { return 42; }

static int program(void)
{
    int result = asyncio_run(answer);
    driver("%d", result);
    return 0;
}

const struct about coroutines_returns = {
    .title = "42 comes out of asyncio.run()",
    .idea = "return in a coroutine gives the result to await or to asyncio.run(), not "
            "to the caller of the function.",
    .look = "main is done with the result 42, and then the program prints it.",
    .truth = "The tutorial's block does not import asyncio: alone it ends with a "
             "NameError.",
    .replays = "D12",
    .program = program,
};
