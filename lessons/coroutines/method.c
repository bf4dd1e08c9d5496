/* An async function, an async method, and what cannot be async. */
#include "lessons/lesson.h"

async_def(fetch_data) { return text("data"); }

struct data_fetcher {
};

async_def(fetch, struct data_fetcher fetcher) { return text("data"); }

async_def(main_task)
{
    driver("%s", str(await(co_call(fetch_data))));
    driver("%s", str(await(co_call(fetch, (struct data_fetcher){}))));
    return 0;
}

static int program(void)
{
    asyncio_run(main_task);
    driver("SyntaxError: invalid syntax"); /* C has no lambdas at all */
    return 0;
}

const struct about coroutines_method = {
    .title = "async functions and methods, but no async lambda",
    .idea = "async belongs to def: functions and methods can be coroutines. In C a "
            "method is a function with its object as the first argument.",
    .look = "Both calls return at once, in one turn of main. The last line is what "
            "Python's compiler says of the lambda.",
    .replays = "C08",
    .program = program,
};
