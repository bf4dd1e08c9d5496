/* Hello, a second, World. */
#include "lessons/lesson.h"

async_def(main_task)
{
    say("Hello");
    await(co_sleep(1));
    say("World");
    return 0;
}

const struct about running_once = {
    .title = "asyncio.run() from the start of main to its end",
    .idea = "asyncio.run() makes the first task, and returns when that task is done.",
    .look = "The task main is spawned by no task. It waits once, and nothing else "
            "could run meanwhile.",
    .replays = "C11 D14",
    main_is(main_task),
};
