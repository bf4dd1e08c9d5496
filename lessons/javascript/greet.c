/* An async function, and a main that awaits it. */
#include "lessons/javascript/javascript.h"

js_async(greet, const char *name)
{
    js_await(js_sleep(1000));
    return js_text("Hello, %s!", self->name);
}

js_async(main_task)
{
    js_value greeting = js_await(js_call(greet, "Alice"));
    say("%s", js_string(greeting));
    return js_undefined;
}

static int program(void) { return js_run(main_task); }

const struct about javascript_greet = {
    .title = "an async function starts when it is called",
    .idea = "To call an async function runs it at once, up to its first await, and "
            "returns a promise. No run() is needed: the event loop is always there.",
    .look =
        "greet starts before main waits for it. It is a task of its own, since main "
        "waits for its promise. In Python 'await greet()' would be a call in main.",
    .replays = "A02",
    .program = program,
};
