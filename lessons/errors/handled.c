/* The error is handled in the middle: the caller of might_fail does not see it. */
#include "lessons/lesson.h"

async_def(risky_operation)
{
    await(co_sleep(1));
    return co_raise(CO_EXCEPTION, "the disk is full");
}

async_def(might_fail)
{
    if (attempt(co_call(risky_operation)) < 0)
        say("Caught an exception: %s", co_why());
    return None;
}

async_def(main_task)
{
    await(co_call(might_fail));
    driver("main continues");
    return 0;
}

const struct about errors_handled = {
    .title = "main calls, the middle catches, and main knows nothing",
    .idea = "An error goes up the calls until one of them handles it, and no further.",
    .look = "At 1.000 the middle coroutine prints the error; main continues as after "
            "any call.",
    .replays = "E10",
    main_is(main_task),
};
