/* One of two gathered tasks fails; the other continues to its end. */
#include "lessons/lesson.h"

async_def(failing)
{
    await(co_sleep(0.5));
    return co_raise(CO_EVALUE, "failed at half a second");
}

async_def(regular)
{
    await(co_sleep(2));
    say("regular: done");
    return None;
}

async_def(main_task)
{
    int r = attempt(gather(co_spawn(failing), co_spawn(regular)));
    if (r == CO_EVALUE)
        say("main: %s", co_why());

    await(co_sleep(3));
    say("main: done");
    return 0;
}

const struct about errors_siblings = {
    .title = "gather raises at 0.5 s, the other task prints at 2 s",
    .idea = "gather raises the first error at once and cancels nothing.",
    .look = "main resumes at 0.500 with the error. Task-3 resumes at 2.000 and prints. "
            "In groups:siblings a task group cancels that task at 0.500.",
    .belief = "If one task of a gather fails, the others stop.",
    main_is(main_task),
};
