/* Three seconds of work, and a limit of one second. */
#include "lessons/lesson.h"

async_def(slow_operation)
{
    await(co_sleep(3));
    return text("Operation completed");
}

async_def(main_task)
{
    int r = attempt(co_wait_for(co_spawn(slow_operation), 1));
    if (r == UV_ETIMEDOUT)
        say("The operation took too long!");
    else
        say("%s", str(await(r)));
    return 0;
}

const struct about timeouts_hurry = {
    .title = "3 s of work, and a limit of 1 s",
    .idea = "wait_for() makes a task of the coroutine, so that it can cancel that "
            "task when the time is over.",
    .look = "There are two tasks: main, and Task-2, which has 1 s. main cancels "
            "Task-2, and resumes only when Task-2 is done.",
    .truth = "Up to Python 3.11 the coroutine gets a task of its own, as here. Since "
             "3.12 wait_for() runs it in the task of the caller, as timeout() does; "
             "what is printed, and when, is the same.",
    .replays = "E13",
    main_is(main_task),
};
