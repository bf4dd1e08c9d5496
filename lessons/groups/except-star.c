/* except* takes the errors of one class out of what a group raises. */
#include "lessons/lesson.h"

async_def(failing_task)
{
    await(co_sleep(0.5));
    return co_raise(CO_EVALUE, "This task failed!");
}

async_def(regular_task)
{
    await(co_sleep(2));
    return text("This was successful");
}

async_def(main_task)
{
    co_group group = {};
    int r = attempt(co_in_group(&group, ({
        co_group_spawn(&group, failing_task);
        co_group_spawn(&group, regular_task);
        say("Tasks started");
        0;
    })));

    co_error *errors;
    r = co_except(r, CO_EVALUE, &errors);
    if (errors) {
        say("Caught an exception group with %zu exception(s):", co_error_count(errors));
        for (size_t i = 0; i < co_error_count(errors); i++)
            say("  Exception %zu: %s", i, co_error_reason(co_error_at(errors, i)));
        co_error_drop(errors);
    }
    await(r);

    say("Outside the task group");
    return 0;
}

const struct about groups_except_star = {
    .title = "one task fails, one is cancelled, and one error comes out",
    .idea = "A group raises an ExceptionGroup, even of one error; except* takes those "
            "of a class out of it, and raises the rest again.",
    .look = "Task-2 fails at 0.500, and the group cancels Task-3. A cancellation is no "
            "error, so the exception group has one exception.",
    .truth =
        "CPython cancels the tasks of a group in the arbitrary order of a set, here "
        "in the order of creation. With one task left there is no difference.",
    .replays = "E11",
    main_is(main_task),
};
