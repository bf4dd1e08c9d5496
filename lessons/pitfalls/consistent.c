/* Two operations in a row; in the bad example the first await is missing. */
#include "lessons/lesson.h"

async_def(async_operation1)
{
    await(co_sleep(1));
    return 1;
}

/* Python looks at the type when it adds. */
async_def(async_operation2, int x)
{
    await(co_sleep(1));
    if (self->x >= VALUE_FIRST)
        return co_raise(ERROR_TYPE,
                        "unsupported operand type(s) for +: 'coroutine' and 'int'");
    return self->x + 1;
}

async_def(good_example)
{
    int result1 = await(co_call(async_operation1));
    return await(co_call(async_operation2, result1));
}

async_def(bad_example, co_coroutine *result1)
{
    self->result1 = co_create(async_operation1); /* no await */
    int x = object("%s", coroutine_repr(self->result1));
    return await(co_call(async_operation2, x));
}

async_def(main_task)
{
    driver("good: %d", await(co_call(good_example)));

    struct bad_example bad = {};
    int r = attempt(bad_example(&bad));
    if (r != ERROR_TYPE)
        return r;
    driver("bad: %s", co_why());
    co_coroutine_drop(bad.result1); /* Python's traceback keeps it until here */
    return 0;
}

const struct about pitfalls_consistent = {
    .title = "the error of a missing await comes later, somewhere else",
    .idea = "A coroutine object can be passed on like any value. It fails where "
            "it is used, not where the await is missing.",
    .look = "The bad example fails at 3.000, in operation 2, after its sleep. "
            "Operation 1 never runs, and a warning says so.",
    .truth = "The tutorial says that the call of operation 2 fails. The call is fine; "
             "whether and where it fails depends on what operation 2 does with it.",
    .replays = "B11",
    main_is(main_task),
};
