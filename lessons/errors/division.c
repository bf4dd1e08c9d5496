/* A coroutine divided by zero: the arguments of gather cannot even be made. */
#include "lessons/lesson.h"

async_def(asleep, double delay) { return co_sleep(self->delay); }

/* asyncio.sleep(delay), not awaited */
#define sleep_object(delay) \
    co_create_copy(asleep, "sleep", &(struct asleep){ delay }, sizeof(struct asleep))

async_def(main_task)
{
    finally(co_coroutine_release) co_coroutine *first = sleep_object(1);
    finally(co_coroutine_release) co_coroutine *second = sleep_object(2);
    finally(co_coroutine_release) co_coroutine *third = sleep_object(0.5);

    /* third / 0: gather is not called */
    int r = co_raise(ERROR_TYPE,
                     "unsupported operand type(s) for /: 'coroutine' and 'int'");
    if (r == ERROR_ZERO)
        say("A task raised a ZeroDivisionError");
    else
        await(r);
    return 0;
}

const struct about errors_division = {
    .title = "sleep(0.5) / 0 is a TypeError before anything runs",
    .idea = "Arguments are evaluated before the call: to divide a coroutine object "
            "raises in main, not in a task.",
    .look = "main fails at 0.000. There is no other task; three notes say that a "
            "coroutine was never awaited; Python prints its warning once, because "
            "all three come from one line.",
    .truth = "The tutorial expects a ZeroDivisionError in a task, and a second gather "
             "after it. The TypeError is not caught, and the program ends with it; "
             "errors:divide is what was meant.",
    .replays = "E12",
    .may_fail = true,
    main_is(main_task),
};
