#include "lessons/javascript/function.h"

#include <string.h>

#include "lessons/javascript/promise.h"
#include "lessons/javascript/script.h"

/* A call of an async function; its arguments follow. */
struct call {
    js_task task;
    js_promise *promise;
    js_body *body;
    _Alignas(max_align_t) char arguments[];
};

struct frame {
    struct call *call;
};

static int run_call(void *frame)
{
    struct call *self = ((struct frame *)frame)->call;

    js_script_enter(&self->task);
    js_value result = self->body(self->arguments);
    js_script_leave(&self->task);
    if (result.type == JS_ENDED)
        return UV_ECANCELED;
    js_resolve(self->promise, result);
    return result.thrown ? co_raise(JS_ETHROWN, "%s", js_string(result)) : 0;
}

js_promise *js_call_async(const char *name, js_body *body, const void *arguments,
                          size_t size)
{
    struct call *call = js_alloc(sizeof(*call) + size);
    const char *label = js_script_name_call(name);
    co_spawn_options options = { .name = label, .eager = true, .name_first = true };

    call->promise = js_promise_new_named(label);
    call->body = body;
    memcpy(call->arguments, arguments, size);
    if (!js_script_is_ending())
        co_spawn_copy(options, run_call, name, &(struct frame){ call },
                      sizeof(struct frame));
    return call->promise;
}

js_value js_call_async_value(const char *name, js_body *body, const void *arguments,
                             size_t size)
{
    return js_promise_value(js_call_async(name, body, arguments, size));
}
