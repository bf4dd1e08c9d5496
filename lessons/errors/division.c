/* A coroutine divided by zero: the arguments of gather cannot even be made. */
#include "lessons/lesson.h"

#define sleep asyncio_sleep /* that of C is no coroutine */
async_def(sleep, double delay) { return co_sleep(self->delay); }

async_def(main_task)
{
    co_coroutine *arguments[] = {
        co_create(sleep, 1),
        co_create(sleep, 2),
        co_create(sleep, 0.5),
    };
    /* The last one / 0: there is no call of gather. */
    int r = co_raise(ERROR_TYPE,
                     "unsupported operand type(s) for /: 'coroutine' and 'int'");
    for (int i = 0; i < 3; i++)
        co_coroutine_drop(arguments[i]);
    if (r != ERROR_ZERO)
        return r;
    say("A task raised a ZeroDivisionError");
    return 0;
}

const struct about errors_division = {
    .title = "sleep(0.5) / 0 is a TypeError before anything runs",
    .idea = "Arguments are evaluated before the call: to divide a coroutine object "
            "raises in main, not in a task.",
    .look = "main fails at 0.000. There is no other task; three notes say that a "
            "coroutine was never awaited; Python prints its warning once, because "
            "all three come from one line.",
    .truth =
        "The tutorial expects a ZeroDivisionError in a task, and a second gather after "
        "it. The TypeError is not caught, and the program ends with it; errors:divide "
        "is what was meant. The tutorial does not mention the warning, either.",
    .replays = "E12",
    .may_fail = true,
    main_is(main_task),
};
