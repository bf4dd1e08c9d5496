/* An error passes through await, to the except of the caller. */
#include "lessons/lesson.h"

async_def(risky_operation)
{
    await(co_sleep(1));
    return co_raise(CO_EVALUE, "Something went wrong!");
}

async_def(main_task)
{
    int r = attempt(co_call(risky_operation));
    if (r == CO_EVALUE)
        say("Caught error: %s", co_why());
    else
        await(r);
    return 0;
}

const struct about errors_caught = {
    .title = "raised in the coroutine, caught where it is awaited",
    .idea = "To await a coroutine is to call it: its error comes out of the await.",
    .look = "main is the only task. It sleeps in risky_operation, and prints the error "
            "at 1.000.",
    .replays = "C22 D33",
    main_is(main_task),
};
