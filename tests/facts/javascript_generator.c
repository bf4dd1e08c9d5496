/* Async generators, and for await over them. */
#include "tests/support/expect_js.h"

/* JavaScript:
 *
 * async function* numbers() {
 *     console.log("starts");
 *     yield 1;
 *     console.log("goes on");
 *     yield 2;
 *     console.log("ends");
 * }
 *
 * const generator = numbers();
 * console.log("made");
 * const first = generator.next();
 * console.log("asked");
 * first.then((result) => console.log(result));
 * ticks(3);
 */
js_async_generator(numbers)
{
    say("starts");
    js_yield(js_number(1));
    say("goes on");
    js_yield(js_number(2));
    say("ends");
    return js_undefined;
}

js_function(asks_once)
{
    js_iterator *generator = js_call(numbers);

    say("made");
    js_promise *first = js_next(generator);
    say("asked");
    js_then(first, inspect);
    js_queue_microtask(ticks, 3);
    return js_undefined;
}

Test(javascript_generator, starts_at_the_first_next)
{
    expect_js(asks_once, "made\n"
                         "starts\n"
                         "asked\n"
                         "tick 1\n"
                         "{ value: 1, done: false }\n"
                         "tick 2\n"
                         "tick 3\n");
}

/* JavaScript:
 *
 * async function* numbers() {
 *     console.log("starts");
 *     yield 1;
 *     console.log("goes on");
 *     yield 2;
 *     console.log("ends");
 * }
 *
 * async function main() {
 *     for await (const i of numbers())
 *         console.log(i);
 *     console.log("after");
 * }
 *
 * main();
 * ticks(9);
 */
js_async(for_await)
{
    js_for_await(i, js_call(numbers))
        say("%s", js_string(i));
    say("after");
    return js_undefined;
}

js_function(for_await_and_ticks)
{
    js_call(for_await);
    js_queue_microtask(ticks, 9);
    return js_undefined;
}

Test(javascript_generator, a_step_of_for_await_takes_two_turns)
{
    expect_js(for_await_and_ticks, "starts\n"
                                   "tick 1\n"
                                   "1\n"
                                   "goes on\n"
                                   "tick 2\n"
                                   "tick 3\n"
                                   "2\n"
                                   "ends\n"
                                   "tick 4\n"
                                   "after\n"
                                   "tick 5\n"
                                   "tick 6\n"
                                   "tick 7\n"
                                   "tick 8\n"
                                   "tick 9\n");
}

/* JavaScript:
 *
 * async function* numbers() {
 *     console.log("starts");
 *     yield 1;
 *     console.log("goes on");
 *     yield 2;
 *     console.log("ends");
 * }
 *
 * const generator = numbers();
 * for (let i = 0; i < 4; i++)
 *     generator.next().then((result) => console.log(result));
 * console.log("asked");
 */
js_function(asks_four_times)
{
    js_iterator *generator = js_call(numbers);

    for (int i = 0; i < 4; i++)
        js_then(js_next(generator), inspect);
    say("asked");
    return js_undefined;
}

Test(javascript_generator, queues_the_calls_of_next)
{
    expect_js(asks_four_times, "starts\n"
                               "asked\n"
                               "goes on\n"
                               "{ value: 1, done: false }\n"
                               "ends\n"
                               "{ value: 2, done: false }\n"
                               "{ value: undefined, done: true }\n"
                               "{ value: undefined, done: true }\n");
}

/* JavaScript:
 *
 * async function* cleans() {
 *     try {
 *         yield 1;
 *         console.log("never");
 *     } finally {
 *         console.log("cleanup");
 *     }
 * }
 *
 * async function main() {
 *     for await (const i of cleans()) {
 *         console.log(i);
 *         break;
 *     }
 *     console.log("after");
 * }
 *
 * main();
 * ticks(6);
 */
static void clean_up(const int *) { say("cleanup"); }

js_async_generator(cleans)
{
    finally(clean_up) int resource = 0;

    js_yield(js_number(1));
    say("never");
    return js_undefined;
}

js_async(breaks)
{
    js_for_await(i, js_call(cleans)) {
        say("%s", js_string(i));
        break;
    }
    say("after");
    return js_undefined;
}

js_function(breaks_and_ticks)
{
    js_call(breaks);
    js_queue_microtask(ticks, 6);
    return js_undefined;
}

Test(javascript_generator, break_closes_it_and_waits_for_its_cleanup)
{
    expect_js(breaks_and_ticks, "tick 1\n"
                                "1\n"
                                "tick 2\n"
                                "cleanup\n"
                                "tick 3\n"
                                "after\n"
                                "tick 4\n"
                                "tick 5\n"
                                "tick 6\n");
}

/* JavaScript:
 *
 * async function* returns() {
 *     yield Promise.resolve("yielded");
 *     return Promise.resolve("returned");
 * }
 *
 * const generator = returns();
 * for (let i = 0; i < 3; i++)
 *     generator.next().then((result) => console.log(result));
 * ticks(6);
 */
js_async_generator(returns)
{
    js_yield(js_promise_value(js_promise_resolve(js_text("yielded"))));
    return js_promise_value(js_promise_resolve(js_text("returned")));
}

js_function(yields_promises)
{
    js_iterator *generator = js_call(returns);

    for (int i = 0; i < 3; i++)
        js_then(js_next(generator), inspect);
    js_queue_microtask(ticks, 6);
    return js_undefined;
}

Test(javascript_generator, awaits_what_it_yields_and_returns)
{
    expect_js(yields_promises, "tick 1\n"
                               "{ value: 'yielded', done: false }\n"
                               "tick 2\n"
                               "{ value: 'returned', done: true }\n"
                               "{ value: undefined, done: true }\n"
                               "tick 3\n"
                               "tick 4\n"
                               "tick 5\n"
                               "tick 6\n");
}

/* JavaScript:
 *
 * async function* numbers() {
 *     console.log("starts");
 *     yield 1;
 * }
 *
 * const generator = numbers();
 * generator.return().then((result) => console.log(result));
 * generator.next().then((result) => console.log(result));
 * ticks(4);
 */
js_function(returns_first)
{
    js_iterator *generator = js_call(numbers);

    js_then(js_iterator_return(generator), inspect);
    js_then(js_next(generator), inspect);
    js_queue_microtask(ticks, 4);
    return js_undefined;
}

Test(javascript_generator, return_before_the_first_next_runs_nothing)
{
    expect_js(returns_first, "tick 1\n"
                             "{ value: undefined, done: true }\n"
                             "{ value: undefined, done: true }\n"
                             "tick 2\n"
                             "tick 3\n"
                             "tick 4\n");
}
