#include "lessons/javascript/iterator.h"

#include <string.h>

#include "lessons/javascript/script.h"

struct js_iterator {
    js_closure next; /* of an object that is no generator */
    /* of a generator */
    const char *name;
    js_body *body;
    co_generator *generator;
    bool has_started, is_over, is_served;
    struct co_list requests; /* first come, first served */
    js_value yielded;        /* by its last yield */
    js_value returned;       /* by its body */
    _Alignas(max_align_t) char arguments[];
};

/* A call of next() or return(). */
struct request {
    js_promise *promise;
    bool is_return;
    struct co_list link;
};

js_iterator *js_iterator_new(js_closure next)
{
    js_iterator *iterator = js_alloc(sizeof(*iterator));

    iterator->next = next;
    return iterator;
}

js_iterator *js_generator(const char *name, js_body *body, const void *arguments,
                          size_t size)
{
    js_iterator *iterator = js_alloc(sizeof(*iterator) + size);

    iterator->name = name;
    iterator->body = body;
    co_list_init(&iterator->requests);
    memcpy(iterator->arguments, arguments, size);
    return iterator;
}

/* ---- inside of the generator --------------------------------------------- */

struct run_body {
    js_iterator *iterator;
};

static int run_body(void *frame)
{
    js_iterator *self = ((struct run_body *)frame)->iterator;

    self->returned = self->body(self->arguments);
    /* `return x` awaits x; the end of the function does not. */
    if (self->returned.type != JS_UNDEFINED && !self->returned.thrown)
        return attempt(js_wait(js_promise_resolve(self->returned), &self->returned));
    return 0;
}

struct serve {
    js_iterator *iterator;
};

int js_yield_value(js_value value)
{
    /* A generator runs in the task that serves it. */
    js_iterator *iterator = co_frame(serve, co_self())->iterator;

    iterator->yielded = value;
    if (js_script_is_ending())
        return UV_ECANCELED;
    int r = attempt(co_yield(0));
    if (r < 0 && !js_script_is_ending())
        /* return() awaits its argument before the generator goes on. */
        (void)attempt(js_wait(js_promise_resolve(js_undefined), &iterator->returned));
    return r;
}

/* ---- serving next() and return() ----------------------------------------- */

static js_value result_of_end(js_value value)
{
    js_value result = js_yielded(value);

    result.result->done = true;
    return value.thrown ? value : result;
}

/* Run the generator up to its next yield or its end. */
static js_value resume(js_iterator *iterator, bool is_return)
{
    if (!iterator->has_started) {
        iterator->generator =
            co_generator_keep(co_generate(run_body, .iterator = iterator));
        iterator->has_started = true;
    }
    int r = attempt(is_return ? co_generator_close(iterator->generator)
                              : co_next(iterator->generator));
    if (js_script_is_ending())
        return js_ended;
    if (r >= 0 && !is_return)
        return js_yielded(iterator->yielded);
    iterator->is_over = true;
    return result_of_end(is_return ? js_undefined : iterator->returned);
}

/* The generator is over, or return() comes before its first next(). */
static js_value answer_without_it(js_iterator *iterator, bool is_return)
{
    js_value nothing = js_undefined;

    iterator->is_over = true;
    if (is_return && attempt(js_wait(js_promise_resolve(nothing), &nothing)) < 0)
        return js_ended;
    return result_of_end(nothing);
}

static js_value answer(js_iterator *iterator, bool is_return)
{
    if (iterator->is_over || (is_return && !iterator->has_started))
        return answer_without_it(iterator, is_return);
    return resume(iterator, is_return);
}

static int serve_all(js_iterator *iterator)
{
    while (!co_list_empty(&iterator->requests)) {
        struct request *request =
            co_container_of(iterator->requests.next, struct request, link);
        js_value result = answer(iterator, request->is_return);
        if (result.type == JS_ENDED)
            return UV_ECANCELED;
        co_list_remove(&request->link);
        js_resolve(request->promise, result);
        if (result.thrown)
            (void)co_raise(JS_ETHROWN, "%s", js_string(result));
    }
    return 0;
}

static int serve(void *frame)
{
    js_iterator *iterator = ((struct serve *)frame)->iterator;
    js_task task = {};

    js_script_enter(&task);
    iterator->is_served = true;
    int r = serve_all(iterator);
    iterator->is_served = false;
    js_script_leave(&task);
    return r;
}

static js_promise *request(js_iterator *iterator, bool is_return)
{
    struct request *request = js_alloc(sizeof(*request));
    const char *label = js_script_name_call(iterator->name);

    request->promise = js_promise_new_named(label);
    request->is_return = is_return;
    co_list_append(&iterator->requests, &request->link);
    if (!iterator->is_served && !js_script_is_ending())
        co_spawn_copy((co_spawn_options){ label, .eager = true, .name_first = true },
                      serve, iterator->name, &(struct serve){ iterator },
                      sizeof(struct serve));
    return request->promise;
}

js_promise *js_next(js_iterator *iterator)
{
    if (!iterator->next.apply)
        return request(iterator, false);
    return js_promise_of(js_apply(iterator->next));
}

js_promise *js_iterator_return(js_iterator *iterator)
{
    return iterator->next.apply ? NULL : request(iterator, true);
}

/* ---- for await ----------------------------------------------------------- */

/* The iterator; undefined while next() is awaited, and after the end: then leaving the
 * loop does not call return().
 */
js_value js_iterate(js_iterator *iterator)
{
    return (js_value){ .type = JS_ITERATOR, .iterator = iterator };
}

js_promise *js_for_await_next(js_value *iteration)
{
    iteration->type = JS_UNDEFINED;
    return js_next(iteration->iterator);
}

bool js_for_await_has_more(js_value *iteration, js_value result, js_value *ret_value)
{
    if (result.result->done)
        return false;
    iteration->type = JS_ITERATOR;
    *ret_value = result.result->value;
    return true;
}

void js_for_await_leave(js_value *iteration)
{
    js_value result;

    if (iteration->type != JS_ITERATOR || js_script_is_ending())
        return;
    js_promise *returned = js_iterator_return(iteration->iterator);
    if (returned)
        (void)attempt(js_wait(returned, &result));
}
