/* Errors that no function catches, and rejections without a handler. */
#include "tests/support/expect_js.h"

/* JavaScript:
 *
 * async function fails() {
 *     throw new Error("not caught");
 * }
 *
 * fails();
 * setTimeout(() => console.log("never"), 1);
 * ticks(2);
 */
js_async(fails) { return js_throw(js_error("not caught")); }

js_function(leaves_a_rejection)
{
    js_call(fails);
    js_set_timeout(print, 1, "never");
    js_queue_microtask(ticks, 2);
    return js_undefined;
}

Test(javascript_rejection, without_a_handler_ends_the_script_after_the_microtasks)
{
    expect_uncaught(leaves_a_rejection,
                    "tick 1\n"
                    "tick 2\n"
                    "LOG ERROR Uncaught | Error('Error: not caught')\n");
}

/* JavaScript:
 *
 * const promise = Promise.reject(new Error("late"));
 * queueMicrotask(() => {
 *     promise.catch((error) => console.log(`caught ${error.message}`));
 * });
 */
js_function(print_caught)
{
    say("caught %s", js_message(value));
    return js_undefined;
}

js_function(catch_it, js_promise *promise)
{
    js_catch(self->promise, print_caught);
    return js_undefined;
}

js_function(handled_in_a_microtask)
{
    js_queue_microtask(catch_it, js_promise_reject(js_error("late")));
    return js_undefined;
}

Test(javascript_rejection, that_gets_a_handler_in_a_microtask_is_handled)
{
    expect_js(handled_in_a_microtask, "caught late\n");
}

/* JavaScript:
 *
 * const promise = Promise.reject(new Error("too late"));
 * setTimeout(() => {
 *     promise.catch((error) => console.log(`caught ${error.message}`));
 * }, 1);
 */
js_function(handled_in_a_timer)
{
    js_set_timeout(catch_it, 1, js_promise_reject(js_error("too late")));
    return js_undefined;
}

Test(javascript_rejection, that_gets_a_handler_in_a_timer_is_too_late)
{
    expect_uncaught(handled_in_a_timer,
                    "LOG ERROR Uncaught | Error('Error: too late')\n");
}

/* JavaScript:
 *
 * const promise = Promise.reject(new Error("both"));
 * promise.catch((error) => console.log(`caught ${error.message}`));
 * promise.then(() => console.log("never"));
 */
js_function(one_of_two)
{
    js_promise *promise = js_promise_reject(js_error("both"));

    js_catch(promise, print_caught);
    js_then(promise, print, "never");
    return js_undefined;
}

Test(javascript_rejection, needs_a_handler_at_the_end_of_each_chain)
{
    expect_uncaught(one_of_two, "caught both\n"
                                "LOG ERROR Uncaught | Error('Error: both')\n");
}

/* JavaScript:
 *
 * setTimeout(() => {
 *     queueMicrotask(() => console.log("never"));
 *     throw new Error("in a timer");
 * }, 5);
 * setTimeout(() => console.log("never"), 5);
 */
js_function(throw_it)
{
    js_queue_microtask(print, "never");
    return js_throw(js_error("in a timer"));
}

js_function(throws_in_a_timer)
{
    js_set_timeout(throw_it, 5);
    js_set_timeout(print, 5, "never");
    return js_undefined;
}

Test(javascript_rejection, an_error_in_a_timer_ends_the_script_at_once)
{
    expect_uncaught(throws_in_a_timer,
                    "LOG ERROR Uncaught | Error('Error: in a timer')\n");
}

/* JavaScript:
 *
 * queueMicrotask(() => { throw new Error("in a microtask"); });
 * queueMicrotask(() => console.log("never"));
 */
js_function(throws_in_a_microtask)
{
    js_queue_microtask(throw_it);
    js_queue_microtask(print, "never");
    return js_undefined;
}

Test(javascript_rejection, an_error_in_a_microtask_ends_the_script_at_once)
{
    expect_uncaught(throws_in_a_microtask,
                    "LOG ERROR Uncaught | Error('Error: in a timer')\n");
}

/* JavaScript:
 *
 * const sleep = (delay) => new Promise((resolve) => setTimeout(resolve, delay));
 *
 * async function waits() {
 *     try {
 *         await sleep(100);
 *         console.log("never");
 *     } catch (error) {
 *         console.log("never");
 *     }
 * }
 *
 * waits();
 * setTimeout(() => Promise.reject(new Error("the end")), 10);
 */
js_async(waits)
{
    js_value r = js_try(js_sleep(100));
    say("never: %s", js_string(r));
    return js_undefined;
}

js_function(reject)
{
    js_promise_reject(js_error("the end"));
    return js_undefined;
}

js_function(ends_early)
{
    js_call(waits);
    js_set_timeout(reject, 10);
    return js_undefined;
}

Test(javascript_rejection, what_waits_when_the_script_ends_never_runs_on)
{
    expect_uncaught(ends_early, "LOG ERROR Uncaught | Error('Error: the end')\n");
}
