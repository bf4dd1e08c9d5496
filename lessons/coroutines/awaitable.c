/* What can be awaited, and what cannot. */
#include "lessons/lesson.h"

async_def(async_function) { return text("async"); }

/* In C an int is a result that is there already: await(42) is 42. */
static int await_object(const char *type)
{
    return co_raise(ERROR_TYPE, "object %s can't be used in 'await' expression", type);
}

async_def(main_task)
{
    driver("%s", str(await(co_call(async_function))));
    await(co_sleep(1));
    driver("%s", str(None));
    attempt(co_raise(ERROR_TYPE, "a coroutine was expected, got Ellipsis"));
    driver("%s", co_why());
    const char *types[] = { "str", "int" };
    for (int i = 0; i < 2; i++) {
        attempt(await_object(types[i]));
        driver("%s", co_why());
    }
    return 0;
}

static int program(void)
{
    driver("SyntaxError: 'await' outside function"); /* what Python says */
    asyncio_run(main_task);
    return 0;
}

const struct about coroutines_awaitable = {
    .title = "what can be awaited, and what raises a TypeError",
    .idea = "Python looks at the object that await gets, when it gets it. A text or a "
            "number cannot be awaited.",
    .look = "All three TypeErrors come at 1.000 in one turn. None of them makes main "
            "wait.",
    .truth = "As printed the block does not compile: it awaits outside of a function. "
             "create_task(...) is a TypeError, too. And more can be awaited than the "
             "tutorial says: any object with an __await__ method.",
    .replays = "D13 D13x",
    .program = program,
};
