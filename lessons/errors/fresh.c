/* Gathered twice, with new coroutines each time. */
#include "lessons/lesson.h"

async_def(might_fail, int value)
{
    await(co_sleep(0.5));
    if (self->value < 0)
        return co_raise(CO_EVALUE, "Value cannot be negative");
    return self->value * 10;
}

async_def(main_task)
{
    int r = attempt(co_call(might_fail, -5));
    if (r == CO_EVALUE)
        say("Caught error: %s", co_why());

    r = attempt(gather(co_spawn(might_fail, 10), co_spawn(might_fail, -10),
                       co_spawn(might_fail, 5)));
    if (r == CO_EVALUE)
        say("Gather error: %s", co_why());

    int results = await(settle(co_spawn(might_fail, 10), co_spawn(might_fail, -10),
                               co_spawn(might_fail, 5)));
    for (int i = 0; i < 3; i++)
        say(error_of(at(results, i)) ? "Task failed: %s" : "Task succeeded: %s",
            str(at(results, i)));
    return 0;
}

const struct about errors_fresh = {
    .title = "await, gather, gather with errors as results: one error, three ways",
    .idea = "The same error ends an await, ends a gather, or is one of its results.",
    .look = "The error is printed at 0.500 and 1.000; at 1.500 it stands between the "
            "results 100 and 50.",
    .truth = "This is what the tutorial means to show. Its own program, errors:reused, "
             "does not make new coroutines for the second gather.",
    .replays = "A09x",
    main_is(main_task),
};
