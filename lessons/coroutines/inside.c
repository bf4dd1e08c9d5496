/* await in a plain function does not compile; in an async function it works. */
#include "lessons/lesson.h"

async_def(something)
{
    driver("something");
    return 0;
}

/* In C this compiles: a task has a stack of its own, so each function that it calls may
 * wait. Called outside of a task, a wait ends the program with a message.
 */
static int regular_function(void) { return await(co_call(something)); }

async_def(async_function) { return regular_function(); }

static int program(void)
{
    driver("SyntaxError: 'await' outside async function"); /* what Python says */
    asyncio_run(async_function);
    return 0;
}

const struct about coroutines_inside = {
    .title = "await outside of an async function",
    .idea = "In Python only an async function can pause, so only there await is "
            "allowed. The compiler checks it, before anything runs.",
    .look = "The first line is the compiler's message. Then main runs. The C program "
            "awaits in a plain function, which Python does not allow.",
    .truth = "As printed the tutorial's block does not compile, so its correct half "
             "does not run, either. Here it does.",
    .replays = "D11",
    .program = program,
};
