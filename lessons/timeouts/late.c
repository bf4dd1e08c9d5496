/* A limit of 0.2 s, a cleanup of 0.5 s, and a TimeoutError after 0.7 s. */
#include "lessons/lesson.h"

async_def(operation)
{
    int r = attempt(co_sleep(10));
    if (r == UV_ECANCELED) {
        say("operation: cancelled, cleaning up");
        await(co_sleep(0.5));
    }
    return r;
}

async_def(main_task)
{
    int r = attempt(co_wait_for(co_spawn(operation), 0.2));
    if (r == UV_ETIMEDOUT)
        say("main: timed out");
    else
        await(r);
    return 0;
}

const struct about timeouts_late = {
    .title = "a limit of 0.2 s that is reported after 0.7 s",
    .idea = "A timeout cancels the work and waits until its cleanup is done; only then "
            "it raises TimeoutError.",
    .look = "main cancels Task-2 at 0.200 and waits on. Task-2 is done at 0.700, and "
            "then main resumes.",
    .belief = "The TimeoutError comes when the limit has passed.",
    main_is(main_task),
};
