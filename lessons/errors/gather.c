/* gather with an error in it: raised, or given back among the results. */
#include "lessons/lesson.h"

async_def(task_that_fails)
{
    await(co_sleep(1));
    return co_raise(CO_EVALUE, "Task failed!");
}

async_def(task_that_succeeds)
{
    await(co_sleep(1));
    return text("Success");
}

async_def(main_task)
{
    int r = attempt(gather(co_spawn(task_that_succeeds), co_spawn(task_that_fails),
                           co_spawn(task_that_succeeds)));
    if (r == CO_EVALUE)
        say("Error: %s", co_why());
    else
        await(r);

    int results = await(settle(co_spawn(task_that_succeeds), co_spawn(task_that_fails),
                               co_spawn(task_that_succeeds)));
    for (int i = 0; i < len(results); i++)
        say(error_of(at(results, i)) ? "Task %d failed: %s" : "Task %d succeeded: %s",
            i, str(at(results, i)));
    return 0;
}

const struct about errors_gather = {
    .title = "the first gather raises, the second gives the error back",
    .idea = "gather raises the first error. With return_exceptions=True it waits for "
            "all, and an error is one of the results.",
    .look = "At 1.000 main prints one line and has no result, although two tasks "
            "succeeded. At 2.000 it prints all three outcomes.",
    .replays = "C23",
    main_is(main_task),
};
