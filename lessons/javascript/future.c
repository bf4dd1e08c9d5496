/* The promise of an async function, and one that a timer resolves. */
#include "lessons/javascript/javascript.h"

js_async(fetch_data, double delay, const char *value)
{
    js_await(js_sleep(self->delay * 1000));
    return js_text("Data %s", self->value);
}

js_function(resolve_future, js_promise *future)
{
    js_resolve(self->future, js_text("Future value"));
    return js_undefined;
}

js_async(main_task)
{
    js_promise *promise = js_call(fetch_data, 2, "X");
    say("Promise created");
    say("Doing other work...");
    js_value result = js_await(promise);
    say("Promise result: %s", js_string(result));

    js_promise *future = js_promise_new();
    js_set_timeout(resolve_future, 1000, future);
    js_value future_result = js_await(future);
    say("Future result: %s", js_string(future_result));
    return js_undefined;
}

static int program(void) { return js_run(main_task); }

const struct about javascript_future = {
    .title = "a promise that a timer resolves",
    .idea = "A promise is what a future is in Python: a result that comes later. To "
            "await it does not start anything, and does not stop anything either.",
    .look = "fetch_data starts before \"Promise created\" is printed. At 3.000 a timer "
            "resolves the second promise, and main resumes: no other task was needed "
            "for it.",
    .replays = "A06",
    .program = program,
};
