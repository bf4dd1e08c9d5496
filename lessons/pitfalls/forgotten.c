/* A function that forgets to await, and one that does not. */
#include "lessons/lesson.h"

async_def(async_function)
{
    await(co_sleep(1));
    return text("result");
}

async_def(wrong_way, co_coroutine *result)
{
    self->result = co_create(async_function); /* no await */
    return 0;
}

async_def(correct_way)
{
    int result = await(co_call(async_function));
    return result;
}

async_def(main_task)
{
    struct wrong_way wrong = {};
    await(wrong_way(&wrong));
    driver("wrong: %s", coroutine_repr(wrong.result));
    co_coroutine_drop(wrong.result); /* in Python nothing refers to it any more */

    driver("correct: %s", str(await(co_call(correct_way))));
    return 0;
}

const struct about pitfalls_forgotten = {
    .title = "await forgotten: no error, but no result",
    .idea = "Without await the function returns at once, with a coroutine object in "
            "place of the result. Nothing has run.",
    .look = "The wrong way takes no time. The warning comes when the object is "
            "dropped. Its address is shown as 0x...: it differs from run to run.",
    .truth = "The tutorials do not mention the warning.",
    .replays = "B15 D42",
    main_is(main_task),
};
