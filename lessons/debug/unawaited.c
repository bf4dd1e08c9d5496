/* A coroutine that is called and dropped. */
#include "lessons/lesson.h"

async_def(async_function)
{
    driver("never printed");
    return 0;
}

async_def(main_task)
{
    co_coroutine_drop(co_create(async_function));
    driver("called");
    return 0;
}

const struct about debug_unawaited = {
    .title = "a coroutine nobody awaits is reported at once",
    .idea = "Python warns when it deletes a coroutine object that was never awaited, "
            "with and without debug mode.",
    .look = "The note comes before 'called': the object is dropped in the line that "
            "makes it. async_function never starts.",
    .truth = "The tutorial turns on ResourceWarning for this. But it is a "
             "RuntimeWarning, which Python shows anyway; that line changes nothing. "
             "And the block does not import asyncio: alone it ends with a NameError.",
    .replays = "D46",
    main_is(main_task),
};
