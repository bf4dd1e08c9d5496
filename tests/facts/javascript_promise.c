/* Promises: resolving, adopting, then, catch, finally, and one promise of several. */
#include "tests/support/expect_js.h"

/* JavaScript:
 *
 * const promise = new Promise((resolve, reject) => {
 *     resolve(1);
 *     reject(new Error("too late"));
 *     resolve(2);
 * });
 * promise.then((value) => console.log(`resolved ${value}`));
 */
js_function(resolves_twice)
{
    js_promise *promise = js_promise_new();

    js_resolve(promise, js_number(1));
    js_reject(promise, js_error("too late"));
    js_resolve(promise, js_number(2));
    js_then(promise, print_value, "resolved");
    return js_undefined;
}

Test(javascript_promise, the_first_resolve_or_reject_counts)
{
    expect_js(resolves_twice, "resolved 1\n");
}

/* JavaScript:
 *
 * let resolveInner;
 * const inner = new Promise((resolve) => { resolveInner = resolve; });
 * const outer = new Promise((resolve) => {
 *     resolve(inner);
 *     resolve("ignored");
 * });
 * outer.then((value) => console.log(`outer ${value}`));
 * setTimeout(() => {
 *     console.log("timer");
 *     resolveInner("value");
 * }, 10);
 */
js_function(resolve_inner, js_promise *inner)
{
    say("timer");
    js_resolve(self->inner, js_text("value"));
    return js_undefined;
}

js_function(adopts)
{
    js_promise *inner = js_promise_new(), *outer = js_promise_new();

    js_resolve(outer, js_promise_value(inner));
    js_resolve(outer, js_text("ignored"));
    js_then(outer, print_value, "outer");
    js_set_timeout(resolve_inner, 10, inner);
    return js_undefined;
}

Test(javascript_promise, that_is_resolved_with_another_adopts_its_outcome)
{
    expect_js(adopts, "timer\n"
                      "outer value\n");
}

/* JavaScript:
 *
 * let resolveItself;
 * const promise = new Promise((resolve) => { resolveItself = resolve; });
 * promise.catch((error) => console.log(`caught ${error.message}`));
 * resolveItself(promise);
 */
js_function(print_caught)
{
    say("caught %s", js_message(value));
    return js_undefined;
}

js_function(resolves_itself)
{
    js_promise *promise = js_promise_new();

    js_catch(promise, print_caught);
    js_resolve(promise, js_promise_value(promise));
    return js_undefined;
}

Test(javascript_promise, cannot_be_resolved_with_itself)
{
    expect_js(resolves_itself,
              "caught Chaining cycle detected for promise #<Promise>\n");
}

/* JavaScript:
 *
 * const thenable = {
 *     then(resolve, reject) {
 *         console.log("then is called");
 *         resolve("value");
 *         resolve("ignored");
 *         reject("ignored");
 *     },
 * };
 *
 * Promise.resolve(thenable).then((value) => console.log(`thenable ${value}`));
 * console.log("script");
 * ticks(3);
 */
static void then_at_once(js_thenable *, js_resolver *resolver)
{
    say("then is called");
    js_resolver_resolve(resolver, js_text("value"));
    js_resolver_resolve(resolver, js_text("ignored"));
    js_resolver_reject(resolver, js_text("ignored"));
}

js_function(resolves_thenable)
{
    static js_thenable thenable = { then_at_once };

    js_then(js_promise_resolve(js_thenable_value(&thenable)), print_value, "thenable");
    say("script");
    js_queue_microtask(ticks, 3);
    return js_undefined;
}

Test(javascript_promise, calls_then_of_a_thenable_in_a_microtask)
{
    expect_js(resolves_thenable, "script\n"
                                 "then is called\n"
                                 "tick 1\n"
                                 "thenable value\n"
                                 "tick 2\n"
                                 "tick 3\n");
}

/* JavaScript:
 *
 * async function awaits() {
 *     const value = await {
 *         then(resolve) {
 *             setTimeout(() => resolve("later"), 10);
 *         },
 *     };
 *     console.log(`awaited ${value}`);
 * }
 *
 * awaits();
 */
js_function(resolve_resolver, js_resolver *resolver)
{
    js_resolver_resolve(self->resolver, js_text("later"));
    return js_undefined;
}

static void then_in_a_timer(js_thenable *, js_resolver *resolver)
{
    js_set_timeout(resolve_resolver, 10, resolver);
}

js_async(awaits_thenable)
{
    static js_thenable thenable = { then_in_a_timer };

    js_value value = js_await(js_thenable_value(&thenable));
    say("awaited %s", js_string(value));
    return js_undefined;
}

Test(javascript_promise, of_a_thenable_can_be_awaited)
{
    expect_js(awaits_thenable, "awaited later\n");
}

/* JavaScript:
 *
 * Promise.reject(new Error("first"))
 *     .then(() => console.log("skipped"))
 *     .catch((error) => `recovered from ${error.message}`)
 *     .then((value) => { console.log(value); throw new Error("second"); })
 *     .finally(() => console.log("finally"))
 *     .catch((error) => console.log(`caught ${error.message}`));
 */
js_function(recover) { return js_text("recovered from %s", js_message(value)); }

js_function(print_and_throw)
{
    say("%s", js_string(value));
    return js_throw(js_error("second"));
}

js_function(chains)
{
    js_promise *first = js_promise_reject(js_error("first"));
    js_promise *recovered = js_catch(js_then(first, print, "skipped"), recover);
    js_promise *thrown = js_then(recovered, print_and_throw);
    js_catch(js_finally(thrown, print, "finally"), print_caught);
    return js_undefined;
}

Test(javascript_promise, passes_values_and_errors_along_a_chain)
{
    expect_js(chains, "recovered from first\n"
                      "finally\n"
                      "caught second\n");
}

/* JavaScript:
 *
 * const sleep = (delay) => new Promise((resolve) => setTimeout(resolve, delay));
 * const start = Date.now();
 *
 * Promise.resolve("value")
 *     .finally(() => sleep(20))
 *     .then((value) => console.log(`${value} after ${Date.now() - start}`));
 * Promise.resolve("value")
 *     .finally(() => { throw new Error("in finally"); })
 *     .catch((error) => console.log(`caught ${error.message}`));
 */
js_function(sleeps) { return js_promise_value(js_sleep(20)); }

js_function(print_time)
{
    say("%s after %s", js_string(value), js_string(js_date_now()));
    return js_undefined;
}

js_function(throws_in_finally) { return js_throw(js_error("in finally")); }

js_function(finallies)
{
    js_promise *promise = js_promise_resolve(js_text("value"));

    js_then(js_finally(promise, sleeps), print_time);
    js_catch(js_finally(promise, throws_in_finally), print_caught);
    return js_undefined;
}

Test(javascript_promise, finally_keeps_the_value_and_awaits_its_handler)
{
    expect_js(finallies, "caught in finally\n"
                         "value after 20\n");
}

/* JavaScript:
 *
 * Promise.resolve("value")
 *     .finally(() => {})
 *     .then((value) => console.log(`finally ${value}`));
 * ticks(6);
 */
js_function(nothing) { return js_undefined; }

js_function(finally_turns)
{
    js_promise *promise = js_promise_resolve(js_text("value"));

    js_then(js_finally(promise, nothing), print_value, "finally");
    js_queue_microtask(ticks, 6);
    return js_undefined;
}

Test(javascript_promise, finally_takes_two_turns_more)
{
    expect_js(finally_turns, "tick 1\n"
                             "tick 2\n"
                             "tick 3\n"
                             "finally value\n"
                             "tick 4\n"
                             "tick 5\n"
                             "tick 6\n");
}
