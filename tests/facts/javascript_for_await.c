/* for await: errors, and objects that are no generators. */
#include "tests/support/expect_js.h"

/* JavaScript:
 *
 * async function* fails() {
 *     yield 1;
 *     throw new Error("in the generator");
 * }
 *
 * const generator = fails();
 *
 * async function main() {
 *     for await (const i of generator)
 *         console.log(i);
 *     console.log("never");
 * }
 *
 * main().catch((error) => {
 *     console.log(`caught ${error.message}`);
 *     generator.next().then((result) => console.log(result));
 * });
 */
js_async_generator(fails)
{
    js_yield(js_number(1));
    return js_throw(js_error("in the generator"));
}

js_async(iterates, js_iterator *generator)
{
    js_for_await(i, self->generator)
        say("%s", js_string(i));
    say("never");
    return js_undefined;
}

js_function(catches, js_iterator *generator)
{
    say("caught %s", js_message(value));
    js_then(js_next(self->generator), inspect);
    return js_undefined;
}

js_function(generator_fails)
{
    js_iterator *generator = js_call(fails);

    js_catch(js_call(iterates, generator), catches, generator);
    return js_undefined;
}

Test(javascript_for_await, its_error_leaves_the_loop_and_ends_it)
{
    expect_js(generator_fails, "1\n"
                               "caught in the generator\n"
                               "{ value: undefined, done: true }\n");
}

/* JavaScript:
 *
 * let count = 0;
 * const iterable = {
 *     [Symbol.asyncIterator]() {
 *         return this;
 *     },
 *     async next() {
 *         console.log("next");
 *         return ++count < 3 ? { value: count, done: false } : { done: true };
 *     },
 * };
 *
 * async function main() {
 *     for await (const i of iterable)
 *         console.log(i);
 *     count = 0;
 *     for await (const i of iterable)
 *         break;
 *     console.log("after");
 * }
 *
 * main();
 * ticks(5);
 */
js_async(next_number, int *count)
{
    say("next");
    return ++*self->count < 3 ? js_yielded(js_number(*self->count)) : js_done;
}

js_async(iterates_by_hand)
{
    int count = 0;

    js_for_await(i, js_async_iterator(next_number, &count))
        say("%s", js_string(i));
    count = 0;
    js_for_await(i, js_async_iterator(next_number, &count))
        break;
    say("after");
    return js_undefined;
}

js_function(iterates_and_ticks)
{
    js_call(iterates_by_hand);
    js_queue_microtask(ticks, 5);
    return js_undefined;
}

Test(javascript_for_await, for_await_takes_any_object_with_next)
{
    expect_js(iterates_and_ticks, "next\n"
                                  "1\n"
                                  "next\n"
                                  "tick 1\n"
                                  "2\n"
                                  "next\n"
                                  "tick 2\n"
                                  "next\n"
                                  "tick 3\n"
                                  "after\n"
                                  "tick 4\n"
                                  "tick 5\n");
}
