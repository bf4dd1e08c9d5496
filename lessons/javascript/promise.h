/* promise.h — promises: a value that comes later, and what then happens with it.
 *
 *     js_function(greet, const char *greeting)
 *     {
 *         say("%s, %s", self->greeting, js_string(value));
 *         return js_undefined;
 *     }
 *
 *     js_promise *name = js_promise_new();
 *     js_then(name, greet, "Hello"); // name.then(value => console.log(…))
 *     js_resolve(name, js_text("Alice"));
 *
 * Reactions (handlers of then, and awaits) run as microtasks, one after the other in
 * the order in which they became ready. The ready queue of the engine is the queue of
 * microtasks. Nothing here suspends.
 */
#ifndef JS_PROMISE_H
#define JS_PROMISE_H

#include "engine/co.h"
#include "lessons/javascript/function.h"
#include "lessons/javascript/value.h"

typedef enum js_state { JS_PENDING, JS_FULFILLED, JS_REJECTED } js_state;

/* resolve and reject of one promise: the first call counts, the others do nothing. */
typedef struct js_resolver {
    js_promise *promise;
    bool is_used;
} js_resolver;

struct js_promise {
    /* to be read */
    js_state state;
    js_value value; /* fulfilled: its value; rejected: its reason, thrown */
    /* private */
    co_future
        future; /* done when the promise is settled; its callbacks: the reactions */
    js_resolver resolver;
    bool is_handled;         /* it has a reaction */
    struct co_list rejected; /* link: of the rejections without a handler */
};

/* An object with a method then(resolve, reject), which gets a resolver. */
typedef struct js_thenable {
    void (*then)(struct js_thenable *self, js_resolver *resolver);
} js_thenable;

/* new Promise(…), of which resolve and reject are called later. The name is for traces,
 * and is not copied.
 */
js_promise *js_promise_new_named(const char *name);
#define js_promise_new() js_promise_new_named("Promise")

/* resolve(value): fulfil the promise; with a promise or a thenable, adopt the outcome
 * of that. A thrown value rejects it. reject(reason): reject it.
 */
void js_resolve(js_promise *promise, js_value value);
void js_reject(js_promise *promise, js_value reason);
void js_resolver_resolve(js_resolver *resolver, js_value value);
void js_resolver_reject(js_resolver *resolver, js_value reason);

/* Promise.resolve(value), which is the promise itself for a promise; Promise.reject. */
js_promise *js_promise_resolve(js_value value);
js_promise *js_promise_reject(js_value reason);

/* A promise, or a value, as the promise that await takes. */
#define js_promise_of(x) \
    _Generic((x), js_value : js_promise_resolve, default : js_promise_itself)(x)
static inline js_promise *js_promise_itself(js_promise *promise) { return promise; }

js_value js_promise_value(js_promise *promise);
js_value js_thenable_value(js_thenable *thenable);

/* promise.then(f), promise.catch(f), promise.finally(f): f is a js_function(), or a
 * js_async(), which does not get the value; its captured variables follow. Each returns
 * a new promise of what f returns or throws.
 */
#define js_then(promise, ...) \
    js_promise_then((promise), js_closure(__VA_ARGS__), js_no_closure)
#define js_catch(promise, ...) \
    js_promise_then((promise), js_no_closure, js_closure(__VA_ARGS__))
#define js_finally(promise, ...) js_promise_finally((promise), js_closure(__VA_ARGS__))

js_promise *js_promise_then(js_promise *promise, js_closure fulfilled,
                            js_closure rejected);
js_promise *js_promise_finally(js_promise *promise, js_closure closure);

/* Promise.all([…]) is an array of all values, or the first rejection. allSettled is an
 * array of all outcomes, in which a rejection is a value that is `thrown`. race is the
 * outcome of the first that is settled. None of them cancels anything. The second forms
 * take an array of promises.
 */
#define js_all(...) js_all_of(JS_PROMISES_(__VA_ARGS__))
#define js_all_settled(...) js_all_settled_of(JS_PROMISES_(__VA_ARGS__))
#define js_race(...) js_race_of(JS_PROMISES_(__VA_ARGS__))
#define JS_PROMISES_(...)                 \
    (js_promise *const[]){ __VA_ARGS__ }, \
        sizeof((js_promise *const[]){ __VA_ARGS__ }) / sizeof(js_promise *)

js_promise *js_all_of(js_promise *const promises[], size_t count);
js_promise *js_all_settled_of(js_promise *const promises[], size_t count);
js_promise *js_race_of(js_promise *const promises[], size_t count);

/* Call `react` as a reaction of the promise, when it is settled. For what promises are
 * made of; js_then() makes a promise of the outcome as well.
 */
typedef struct js_reaction {
    co_callback callback;
    void (*react)(struct js_reaction *self, js_value outcome);
    js_promise *promise; /* of which it is a reaction */
} js_reaction;

void js_react(js_promise *promise, js_reaction *reaction);

#endif
