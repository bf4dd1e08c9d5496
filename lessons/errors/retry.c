/* Three attempts, and a pause of a second after each failure. */
#include "lessons/lesson.h"

async_def(unstable_operation)
{
    if (co_random() < 0.7)
        return co_raise(CO_EXCEPTION, "Failed!");
    return text("Success");
}

enum { MAX_ATTEMPTS = 3 };

async_def(retry_operation)
{
    for (int attempts = 1;; attempts++) {
        int r = attempt(co_call(unstable_operation));
        if (r >= 0 || attempts == MAX_ATTEMPTS)
            return r;
        say("Attempt %d failed, retrying...", attempts);
        await(co_sleep(1));
    }
}

const struct about errors_retry = {
    .title = "up to three attempts; the last error is raised",
    .idea = "To handle an error and try again is a loop around a try; the last attempt "
            "raises its error.",
    .look = "Seed 0 succeeds at once and prints nothing. Seed 1 succeeds at the second "
            "attempt, seed 11 at the third; with seed 3 all fail, and main fails at "
            "2.000.",
    .truth =
        "Each attempt fails with a probability of 0.7, so a third of all runs ends "
        "with an error. And the tutorial throws the result away: success prints "
        "nothing.",
    .replays = "D28",
    .random = true,
    .may_fail = true,
    main_is(retry_operation),
};
