#include "lessons/javascript/promise.h"

#include "lessons/javascript/script.h"

/* ---- making -------------------------------------------------------------- */

js_promise *js_promise_new_named(const char *name)
{
    js_promise *promise = js_alloc(sizeof(*promise));

    co_future_init(&promise->future);
    co_future_set_name(&promise->future, name);
    promise->resolver.promise = promise;
    co_list_init(&promise->rejected);
    return promise;
}

js_value js_promise_value(js_promise *promise)
{
    return (js_value){ .type = JS_PROMISE, .promise = promise };
}

js_value js_thenable_value(js_thenable *thenable)
{
    return (js_value){ .type = JS_THENABLE, .thenable = thenable };
}

js_promise *js_promise_resolve(js_value value)
{
    if (value.type == JS_PROMISE)
        return value.promise;
    js_promise *promise = js_promise_new();
    js_resolve(promise, value);
    return promise;
}

js_promise *js_promise_reject(js_value reason)
{
    js_promise *promise = js_promise_new();

    js_reject(promise, reason);
    return promise;
}

/* ---- settling ------------------------------------------------------------ */

/* The reactions are microtasks from now on: completing the future appends them to the
 * ready queue.
 */
static void settle(js_promise *promise, js_value outcome)
{
    promise->state = outcome.thrown ? JS_REJECTED : JS_FULFILLED;
    promise->value = outcome;
    co_future_set(&promise->future, 0);
    if (outcome.thrown && !promise->is_handled)
        js_script_add_rejection(&promise->rejected);
    js_script_wake();
}

static void mark_handled(js_promise *promise)
{
    promise->is_handled = true;
    co_list_remove(&promise->rejected);
}

/* A microtask that calls then() of what a promise was resolved with. */
struct adoption {
    js_microtask microtask;
    js_resolver resolver; /* a new one: the promise's own is used up */
    js_value value;
    js_reaction reaction; /* of a promise */
};

static void adopt_outcome(js_reaction *reaction, js_value outcome)
{
    struct adoption *self = co_container_of(reaction, struct adoption, reaction);

    if (outcome.thrown)
        js_resolver_reject(&self->resolver, outcome);
    else
        js_resolver_resolve(&self->resolver, outcome);
}

static void call_then(js_microtask *microtask)
{
    struct adoption *self = co_container_of(microtask, struct adoption, microtask);

    if (self->value.type == JS_PROMISE)
        js_react(self->value.promise, &self->reaction);
    else
        self->value.thenable->then(self->value.thenable, &self->resolver);
}

static void adopt(js_promise *promise, js_value value)
{
    struct adoption *self = js_alloc(sizeof(*self));

    self->resolver.promise = promise;
    self->value = value;
    self->reaction.react = adopt_outcome;
    self->microtask.run = call_then;
    js_script_queue(&self->microtask);
}

void js_resolver_resolve(js_resolver *resolver, js_value value)
{
    js_promise *promise = resolver->promise;

    if (resolver->is_used)
        return;
    resolver->is_used = true;
    if (value.thrown)
        settle(promise, value);
    else if (value.type == JS_PROMISE && value.promise == promise)
        settle(promise, js_throw(js_error("Chaining cycle detected for promise "
                                          "#<Promise>")));
    else if (value.type == JS_PROMISE || value.type == JS_THENABLE)
        adopt(promise, value);
    else
        settle(promise, value);
}

void js_resolver_reject(js_resolver *resolver, js_value reason)
{
    js_resolver_resolve(resolver, js_throw(reason));
}

void js_resolve(js_promise *promise, js_value value)
{
    js_resolver_resolve(&promise->resolver, value);
}

void js_reject(js_promise *promise, js_value reason)
{
    js_resolver_reject(&promise->resolver, reason);
}

/* ---- reactions ----------------------------------------------------------- */

static void run_reaction(co_callback *callback)
{
    js_reaction *self = co_container_of(callback, js_reaction, callback);

    if (js_script_begins_microtask())
        self->react(self, self->promise->value);
}

void js_react(js_promise *promise, js_reaction *reaction)
{
    mark_handled(promise);
    reaction->promise = promise;
    reaction->callback.run = run_reaction;
    co_on_done(&promise->future, &reaction->callback);
    js_script_wake();
}

int js_wait(js_promise *promise, js_value *ret_outcome)
{
    if (js_script_is_ending())
        return UV_ECANCELED;
    mark_handled(promise);
    /* Also for a promise that is settled, await takes one turn. */
    int r = co_done(&promise->future) ? co_sleep(0) : co_join(&promise->future);
    if (r < 0 || !js_script_begins_microtask())
        return UV_ECANCELED;
    *ret_outcome = promise->value;
    return 0;
}

/* ---- then, catch, finally ------------------------------------------------ */

struct then {
    js_reaction reaction;
    js_closure fulfilled, rejected;
    js_promise *derived;
};

static void run_handler(js_reaction *reaction, js_value outcome)
{
    struct then *self = co_container_of(reaction, struct then, reaction);
    js_closure *handler = outcome.thrown ? &self->rejected : &self->fulfilled;

    if (handler->apply) {
        outcome.thrown = false;
        outcome = handler->apply(handler->captured, outcome);
    }
    js_resolve(self->derived, outcome);
}

js_promise *js_promise_then(js_promise *promise, js_closure fulfilled,
                            js_closure rejected)
{
    struct then *self = js_alloc(sizeof(*self));

    self->reaction.react = run_handler;
    self->fulfilled = fulfilled;
    self->rejected = rejected;
    self->derived = js_promise_new_named(!fulfilled.apply ? "catch" : "then");
    js_react(promise, &self->reaction);
    return self->derived;
}

/* What finally() resolves its promise with: the outcome of before, once the promise of
 * the handler is fulfilled.
 */
js_function(outcome_of_before, js_value outcome) { return self->outcome; }

struct finally_reaction {
    js_reaction reaction;
    js_closure closure;
    js_promise *derived;
};

static void run_finally(js_reaction *reaction, js_value outcome)
{
    struct finally_reaction *self =
        co_container_of(reaction, struct finally_reaction, reaction);
    js_value result = js_apply(self->closure);

    if (!result.thrown)
        result = js_promise_value(
            js_then(js_promise_resolve(result), outcome_of_before, outcome));
    js_resolve(self->derived, result);
}

js_promise *js_promise_finally(js_promise *promise, js_closure closure)
{
    struct finally_reaction *self = js_alloc(sizeof(*self));

    self->reaction.react = run_finally;
    self->closure = closure;
    self->derived = js_promise_new_named("finally");
    js_react(promise, &self->reaction);
    return self->derived;
}
