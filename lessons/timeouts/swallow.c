/* A job that catches everything, also its cancellation: the timeout ends nothing. */
#include "lessons/lesson.h"

async_def(job)
{
    for (int step = 1; step <= 3; step++) {
        int r = attempt(co_sleep(0.8));
        if (r < 0)
            say("job: step %d ended with %s", step, co_exception_name(r));
        else
            say("job: step %d done", step);
    }
    return text("all steps");
}

async_def(main_task)
{
    int r = attempt(co_wait_for(co_spawn(job), 1));
    if (r == UV_ETIMEDOUT)
        say("main: timed out");
    else
        say("main: %s", str(await(r)));
    return 0;
}

const struct about timeouts_swallow = {
    .title = "a limit of 1 s, and a result after 1.8 s",
    .idea = "A timeout is a cancellation: a task that catches it and does not raise it "
            "again continues, and the caller waits.",
    .look = "main cancels Task-2 at 1.000. Task-2 prints the error and goes on to step "
            "3; main gets its result at 1.800, and no TimeoutError.",
    .belief = "A timeout always ends the work, and to catch every error does no harm.",
    main_is(main_task),
};
