/* The smallest coroutine: as an object, and run. */
#include "lessons/lesson.h"

async_def(my_coroutine) { return None; }

static int program(void)
{
    co_coroutine *value = co_create(my_coroutine);
    say("%s", coroutine_repr(value));

    co_coroutine_drop(value); /* as the prompt of Python does with the next value */
    driver("%s", str(asyncio_run(my_coroutine)));
    return 0;
}

const struct about coroutines_object = {
    .title = "the object that a call makes, typed at Python's prompt",
    .idea = "A coroutine object is only a value: it can be shown, kept and dropped. "
            "Dropped before it has run, it causes a warning.",
    .look = "The warning comes before main starts, when nothing refers to the object "
            "any more. Its address is shown as 0x...: it differs from run to run.",
    .truth = "The tutorial shows the object and no warning. Python's prompt keeps the "
             "last value, so there the warning comes with the next one.",
    .replays = "E03 E04 E04x",
    .program = program,
};
