/* The same coroutine twice, one call after the other. */
#include "lessons/lesson.h"

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

const struct about hello_twice = {
    .title = "two calls of 2 s each, one after the other: 4 s",
    .idea = "async alone makes nothing concurrent: two awaits in a row take the sum of "
            "their times.",
    .look = "The second call starts at 2.000, when the first has returned.",
    .truth = "The tutorial also defines a sync_function and never calls it: "
             "hello:blocking does.",
    .replays = "B01",
    main_is(main_task),
};
