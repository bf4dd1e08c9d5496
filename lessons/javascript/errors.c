/* An error caught, the first error of several, and all outcomes. */
#include "lessons/javascript/javascript.h"

js_async(might_fail, double value)
{
    js_await(js_sleep(500));
    if (self->value < 0)
        return js_throw(js_error("Value cannot be negative"));
    return js_number(self->value * 10);
}

js_async(main_task)
{
    js_value result = js_try(js_call(might_fail, -5));
    if (result.thrown)
        say("Caught error: %s", js_message(result));
    else
        say("%s", js_inspect(result));

    js_promise *tasks[] = { js_call(might_fail, 10), js_call(might_fail, -10),
                            js_call(might_fail, 5) };
    js_value results = js_try(js_all_of(tasks, 3));
    if (results.thrown)
        say("Promise.all error: %s", js_message(results));
    else
        say("%s", js_inspect(results));

    js_value settled = js_await(js_all_settled_of(tasks, 3));
    js_for_of(outcome, settled)
        if (outcome.thrown)
            say("Task failed: %s", js_message(outcome));
        else
            say("Task succeeded: %s", js_string(outcome));
    return js_undefined;
}

static int program(void) { return js_run(main_task); }

const struct about javascript_errors = {
    .title = "the first error, or all outcomes",
    .idea = "Promise.all is rejected with the first error and stops nothing. "
            "Promise.allSettled waits for all, and has no error.",
    .look =
        "All three tasks end at 1.000. main resumes as soon as the second has "
        "failed, before the last one is done: Promise.all fails with the first error. "
        "allSettled takes the same promises again, and returns at 1.000.",
    .truth =
        "The tutorial pairs this with a Python program that awaits coroutines "
        "twice, which fails: a promise can be awaited many times, a coroutine "
        "object once. And promises run since they were made, coroutines since they "
        "are awaited.",
    .replays = "A10",
    .program = program,
};
