/* A limit on a block of code: no second task, main itself is cancelled. */
#include "lessons/lesson.h"

async_def(slow_operation)
{
    await(co_sleep(3));
    return text("Operation completed");
}

async_def(main_task)
{
    int r = attempt(co_within(1, co_call(slow_operation)));
    if (r == UV_ETIMEDOUT)
        say("The operation timed out!");
    else
        await(r);
    return 0;
}

const struct about timeouts_within = {
    .title = "3 s of work within a limit of 1 s",
    .idea = "timeout() limits a block of code, with any number of waits in it. It "
            "cancels the task that runs the block; at the end of the block the "
            "cancellation becomes a TimeoutError.",
    .look = "There is one task only. Compare 'hurry', where wait_for() needs two "
            "tasks for the same (up to Python 3.11).",
    .truth = "The tutorial says that asyncio.timeout() is new in Python 3.13; it came "
             "with 3.11.",
    .replays = "E21",
    main_is(main_task),
};
