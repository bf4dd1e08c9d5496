/* A resource that is acquired, used, and released whatever happens. */
#include "lessons/javascript/javascript.h"

js_async(acquire)
{
    js_await(js_sleep(100));
    say("Resource acquired");
    return js_undefined;
}

js_async(release)
{
    js_await(js_sleep(100));
    say("Resource released");
    return js_undefined;
}

js_async(use_resource)
{
    js_await(js_sleep(500));
    return js_text("Resource data");
}

js_async(print_data)
{
    js_value data = js_await(js_call(use_resource));
    say("Resource data: %s", js_string(data));
    return data;
}

js_async(with_resource, js_closure callback)
{
    js_await(js_call(acquire));
    js_value result = js_try(js_apply(self->callback)); /* try */
    js_await(js_call(release));                         /* finally */
    return result;
}

js_async(main_task)
{
    js_await(js_call(with_resource, js_closure(print_data)));
    return js_undefined;
}

static int program(void) { return js_run(main_task); }

const struct about javascript_resource = {
    .title = "try and finally around an await",
    .idea = "JavaScript has no `async with`. A function that takes a callback does the "
            "same: acquire, try the callback, finally release.",
    .look = "The resource is released at 0.700, and only then with_resource is done. "
            "It would also be released if print_data failed.",
    .truth = "JavaScript does have a way to cancel: an AbortController, which "
             "each function on the way must take and check. `await using` is not in "
             "Node 20 yet.",
    .replays = "A08",
    .program = program,
};
