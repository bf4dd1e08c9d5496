/* wait_for: an operation that takes 5 s, and a limit of 2 s. */
#include "lessons/lesson.h"

async_def(slow_operation)
{
    await(co_sleep(5));
    return text("Done");
}

async_def(main_task)
{
    int r = attempt(co_wait_for(co_spawn(slow_operation), 2));
    if (r == UV_ETIMEDOUT)
        say("Operation timed out!");
    else
        say("%s", str(await(r))); /* any other error is passed on */
    return 0;
}

const struct about timeouts_limit = {
    .title = "5 s of work, and a limit of 2 s",
    .idea = "wait_for() waits for a task up to a limit; then it cancels the task and "
            "raises TimeoutError.",
    .look = "At 2.000 the limit has passed: the sleep of 5 s is cancelled, and the "
            "program ends at 2 s, not at 5 s.",
    .truth =
        "The tutorial does not say that wait_for() may take longer than its limit: "
        "it waits for the cleanup of the cancelled task. timeouts:late shows that.",
    .replays = "C24",
    main_is(main_task),
};
