/* Ten seconds of work, a limit of three, and a result that is not used. */
#include "lessons/lesson.h"

async_def(slow_operation)
{
    await(co_sleep(10));
    return text("Done");
}

async_def(main_task)
{
    int r = attempt(co_wait_for(co_spawn(slow_operation), 3));
    if (r == UV_ETIMEDOUT)
        say("Operation timed out!");
    else
        await(r);
    return 0;
}

const struct about timeouts_patience = {
    .title = "10 s of work, and a limit of 3 s",
    .idea = "A timeout is an error like any other: once it is caught, the program "
            "goes on.",
    .look = "At 3 s the sleep of 10 s is cancelled; nothing is left running when main "
            "ends.",
    .replays = "D27",
    main_is(main_task),
};
