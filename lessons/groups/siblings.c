/* One of two tasks of a group fails; the group cancels the other. */
#include "lessons/lesson.h"

async_def(failing)
{
    await(co_sleep(0.5));
    return co_raise(CO_EVALUE, "failed at half a second");
}

async_def(regular)
{
    int r = attempt(co_sleep(2));
    if (r == UV_ECANCELED)
        say("regular: cancelled");
    await(r);
    say("regular: done");
    return None;
}

async_def(main_task)
{
    co_group group = {};
    int r = attempt(co_in_group(&group, ({
        co_group_spawn(&group, failing);
        co_group_spawn(&group, regular);
        0;
    })));
    if (r == CO_EGROUP)
        say("main: %s", co_why());

    await(co_sleep(3));
    say("main: done");
    return 0;
}

const struct about groups_siblings = {
    .title = "one task fails at 0.5 s, the other is cancelled at 0.5 s",
    .idea = "The first error in a group cancels its other tasks; then the group raises "
            "all errors as one.",
    .look = "At 0.500 the group cancels Task-3, and the wait of main, which then waits "
            "until Task-3 is done. errors:siblings is the same with gather: there "
            "Task-3 prints 'done'.",
    .belief =
        "The tasks of a group are independent: if one fails, the others continue.",
    main_is(main_task),
};
