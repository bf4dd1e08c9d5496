/* A task divides by zero: gather raises that, or gives it back. */
#include "lessons/lesson.h"

async_def(nap, double delay)
{
    await(co_sleep(self->delay));
    return None;
}

async_def(divide)
{
    await(co_sleep(0.5));
    return co_raise(ERROR_ZERO, "division by zero");
}

async_def(main_task)
{
    int r = attempt(gather(co_spawn(nap, 1), co_spawn(nap, 2), co_spawn(divide)));
    if (r == ERROR_ZERO)
        say("A task raised a ZeroDivisionError");
    else
        await(r);

    int results = await(settle(co_spawn(nap, 1), co_spawn(nap, 2), co_spawn(divide)));
    for (int i = 0; i < len(results); i++)
        say(error_of(at(results, i)) ? "Task %d raised %s" : "Task %d returned %s", i,
            str(at(results, i)));
    return 0;
}

const struct about errors_divide = {
    .title = "one task divides by zero, two sleep",
    .idea = "An error inside a task reaches the task that gathers it, and can be "
            "handled there.",
    .look =
        "The first gather raises at 0.500; its two other tasks run on, beside those "
        "of the second gather, which returns at 2.500.",
    .truth = "This is what the tutorial means to show. Its own program, "
             "errors:division, divides the coroutine object and not a number.",
    .replays = "E12x",
    main_is(main_task),
};
