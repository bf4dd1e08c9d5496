/* The order of microtasks: awaits, then, and async functions. */
#include "tests/support/expect_js.h"

/* JavaScript:
 *
 * async function early() {
 *     console.log("starts at the call");
 *     await null;
 *     console.log("continues as a microtask");
 * }
 *
 * early();
 * console.log("the script goes on");
 */
js_async(early)
{
    say("starts at the call");
    js_await(js_null);
    say("continues as a microtask");
    return js_undefined;
}

js_function(calls_early)
{
    js_call(early);
    say("the script goes on");
    return js_undefined;
}

Test(javascript_order, an_async_function_starts_at_the_call)
{
    expect_js(calls_early, "starts at the call\n"
                           "the script goes on\n"
                           "continues as a microtask\n");
}

/* JavaScript:
 *
 * async function counts(name) {
 *     for (let i = 1; i <= 3; i++) {
 *         await null;
 *         console.log(`${name} ${i}`);
 *     }
 * }
 *
 * counts("a");
 * ticks(3);
 * counts("b");
 */
js_async(counts, const char *name)
{
    for (int i = 1; i <= 3; i++) {
        js_await(js_null);
        say("%s %d", self->name, i);
    }
    return js_undefined;
}

js_function(two_count)
{
    js_call(counts, "a");
    js_queue_microtask(ticks, 3);
    js_call(counts, "b");
    return js_undefined;
}

Test(javascript_order, an_await_of_a_value_takes_one_turn)
{
    expect_js(two_count, "a 1\n"
                         "tick 1\n"
                         "b 1\n"
                         "a 2\n"
                         "tick 2\n"
                         "b 2\n"
                         "a 3\n"
                         "tick 3\n"
                         "b 3\n");
}

/* JavaScript:
 *
 * async function inner() {
 *     await null;
 *     console.log("inner");
 * }
 *
 * async function outer() {
 *     await inner();
 *     console.log("outer");
 * }
 *
 * outer();
 * ticks(4);
 */
js_async(inner)
{
    js_await(js_null);
    say("inner");
    return js_undefined;
}

js_async(outer)
{
    js_await(js_call(inner));
    say("outer");
    return js_undefined;
}

js_function(calls_outer)
{
    js_call(outer);
    js_queue_microtask(ticks, 4);
    return js_undefined;
}

Test(javascript_order, the_caller_continues_one_turn_after_the_return)
{
    expect_js(calls_outer, "inner\n"
                           "tick 1\n"
                           "outer\n"
                           "tick 2\n"
                           "tick 3\n"
                           "tick 4\n");
}

/* JavaScript:
 *
 * async function returns() {
 *     return Promise.resolve("value");
 * }
 *
 * returns().then((value) => console.log(`returned ${value}`));
 * ticks(5);
 */
js_async(returns) { return js_promise_value(js_promise_resolve(js_text("value"))); }

js_function(then_of_returns)
{
    js_then(js_call(returns), print_value, "returned");
    js_queue_microtask(ticks, 5);
    return js_undefined;
}

Test(javascript_order, an_async_return_of_a_promise_takes_three_turns)
{
    expect_js(then_of_returns, "tick 1\n"
                               "tick 2\n"
                               "returned value\n"
                               "tick 3\n"
                               "tick 4\n"
                               "tick 5\n");
}

/* JavaScript:
 *
 * Promise.resolve()
 *     .then(() => Promise.resolve("value"))
 *     .then((value) => console.log(`then ${value}`));
 * ticks(6);
 */
js_function(a_promise)
{
    return js_promise_value(js_promise_resolve(js_text("value")));
}

js_function(handler_returns)
{
    js_promise *promise = js_promise_resolve(js_undefined);
    js_then(js_then(promise, a_promise), print_value, "then");
    js_queue_microtask(ticks, 6);
    return js_undefined;
}

Test(javascript_order, a_handler_that_returns_a_promise_takes_two_turns_more)
{
    expect_js(handler_returns, "tick 1\n"
                               "tick 2\n"
                               "tick 3\n"
                               "then value\n"
                               "tick 4\n"
                               "tick 5\n"
                               "tick 6\n");
}

/* JavaScript:
 *
 * let resolve;
 * const promise = new Promise((f) => { resolve = f; });
 *
 * async function waits(name) {
 *     await promise;
 *     console.log(name);
 * }
 *
 * waits("first await");
 * promise.then(() => console.log("then"));
 * waits("second await");
 * promise.then(() => console.log("another then"));
 * resolve();
 */
js_async(waits, js_promise *promise, const char *name)
{
    js_await(self->promise);
    say("%s", self->name);
    return js_undefined;
}

js_function(reactions)
{
    js_promise *promise = js_promise_new();

    js_call(waits, promise, "first await");
    js_then(promise, print, "then");
    js_call(waits, promise, "second await");
    js_then(promise, print, "another then");
    js_resolve(promise, js_undefined);
    return js_undefined;
}

Test(javascript_order, awaits_and_handlers_of_a_promise_run_in_one_order)
{
    expect_js(reactions, "first await\n"
                         "then\n"
                         "second await\n"
                         "another then\n");
}

/* JavaScript:
 *
 * setTimeout(() => {
 *     console.log("timer 1");
 *     ticks(3);
 * }, 1);
 * setTimeout(() => console.log("timer 2"), 1);
 * Promise.resolve().then(() => console.log("microtask"));
 * console.log("script");
 */
js_function(timer_with_ticks)
{
    say("timer 1");
    js_queue_microtask(ticks, 3);
    return js_undefined;
}

js_function(tasks_and_microtasks)
{
    js_set_timeout(timer_with_ticks, 1);
    js_set_timeout(print, 1, "timer 2");
    js_then(js_promise_resolve(js_undefined), print, "microtask");
    say("script");
    return js_undefined;
}

Test(javascript_order, all_microtasks_run_before_the_next_timer)
{
    expect_js(tasks_and_microtasks, "script\n"
                                    "microtask\n"
                                    "timer 1\n"
                                    "tick 1\n"
                                    "tick 2\n"
                                    "tick 3\n"
                                    "timer 2\n");
}

/* JavaScript:
 *
 * setTimeout(() => {
 *     setTimeout(() => console.log("new timer"), 0);
 *     queueMicrotask(() => console.log("microtask"));
 * }, 1);
 * setTimeout(() => console.log("old timer"), 1);
 */
js_function(timer_first)
{
    js_set_timeout(print, 0, "new timer");
    js_queue_microtask(print, "microtask");
    return js_undefined;
}

js_function(timer_before_microtask)
{
    js_set_timeout(timer_first, 1);
    js_set_timeout(print, 1, "old timer");
    return js_undefined;
}

Test(javascript_order, a_microtask_runs_before_a_timer_that_was_due_before_it)
{
    expect_js(timer_before_microtask, "microtask\n"
                                      "old timer\n"
                                      "new timer\n");
}

/* JavaScript:
 *
 * async function throws() {
 *     await null;
 *     throw new Error("thrown");
 * }
 *
 * throws().catch((error) => console.log(`caught ${error.message}`));
 * ticks(2);
 * const derived = throws().then(() => console.log("never"));
 * derived.catch((error) => console.log(`late ${error.message}`));
 */
js_async(throws)
{
    js_await(js_null);
    return js_throw(js_error("thrown"));
}

js_function(print_message, const char *text)
{
    say("%s %s", self->text, js_message(value));
    return js_undefined;
}

js_function(catches)
{
    js_catch(js_call(throws), print_message, "caught");
    js_queue_microtask(ticks, 2);
    js_catch(js_then(js_call(throws), print, "never"), print_message, "late");
    return js_undefined;
}

Test(javascript_order, a_rejection_passes_a_then_in_one_turn)
{
    expect_js(catches, "tick 1\n"
                       "caught thrown\n"
                       "tick 2\n"
                       "late thrown\n");
}
