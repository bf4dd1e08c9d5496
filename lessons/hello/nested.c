/* A coroutine awaits another one and uses its result. */
#include "lessons/lesson.h"

async_def(task1) { return text("Task 1"); }

async_def(task2)
{
    int result = await(co_call(task1));
    return text("Task 2 got: %s", str(result));
}

static int program(void)
{
    driver("%s", str(asyncio_run(task2)));
    return 0;
}

const struct about hello_nested = {
    .title = "a result passes through two coroutines and no wait",
    .idea = "await does not always pause: a coroutine that never waits returns like "
            "any function.",
    .look = "The functions are called task1 and task2, but there is one task, main. It "
            "has one turn: no wait, no resume.",
    .truth = "The tutorial's block does not import asyncio, so alone it ends with a "
             "NameError; and it throws the result away.",
    .replays = "D15",
    .program = program,
};
