/* A coroutine waits a second, and returns a greeting. */
#include "lessons/lesson.h"

async_def(greet, const char *name)
{
    await(co_sleep(1));
    return text("Hello, %s!", self->name);
}

async_def(main_task)
{
    int result = await(co_call(greet, "Alice"));
    say("%s", str(result));
    return 0;
}

const struct about hello_greet = {
    .title = "a coroutine that greets after 1 s",
    .idea = "Awaiting a coroutine is a call: it runs at once, in the same task, and "
            "its result is the value of await.",
    .look = "There is one task. It is main that sleeps, inside greet.",
    .replays = "A01",
    main_is(main_task),
};
