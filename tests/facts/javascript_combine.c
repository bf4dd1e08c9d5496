/* One promise of several: all, allSettled and race. */
#include "tests/support/expect_js.h"

/* Both are in the prelude of node_parity.py, too. */
js_async(after, double delay, const char *text)
{
    js_await(js_sleep(self->delay));
    say("%s", self->text);
    return js_text("%s", self->text);
}

js_async(fails_after, double delay, const char *text)
{
    js_await(js_sleep(self->delay));
    say("%s fails", self->text);
    return js_throw(js_error("%s", self->text));
}

/* JavaScript:
 *
 * const main = async () => {
 *     const results = await Promise.all([after(20, "a"), after(10, "b")]);
 *     console.log(results);
 *     console.log(await Promise.all([]));
 * };
 *
 * main();
 */
js_async(all)
{
    js_value results =
        js_await(js_all(js_call(after, 20, "a"), js_call(after, 10, "b")));
    say("%s", js_inspect(results));
    js_value none = js_await(js_all_of(NULL, 0));
    say("%s", js_inspect(none));
    return js_undefined;
}

Test(javascript_combine, all_has_the_results_in_the_order_of_its_argument)
{
    expect_js(all, "b\n"
                   "a\n"
                   "[ 'a', 'b' ]\n"
                   "[]\n");
}

/* JavaScript:
 *
 * const main = async () => {
 *     try {
 *         await Promise.all([after(30, "a"), failsAfter(10, "b"), failsAfter(20,
 * "c")]); } catch (error) { console.log(`caught ${error.message}`);
 *     }
 * };
 *
 * main();
 */
js_async(all_fails)
{
    js_value results =
        js_try(js_all(js_call(after, 30, "a"), js_call(fails_after, 10, "b"),
                      js_call(fails_after, 20, "c")));
    say("caught %s", js_message(results));
    return js_undefined;
}

Test(javascript_combine, all_fails_with_the_first_error_and_stops_nothing)
{
    expect_js(all_fails, "b fails\n"
                         "caught b\n"
                         "c fails\n"
                         "a\n");
}

/* JavaScript:
 *
 * const main = async () => {
 *     const outcomes = await Promise.allSettled([failsAfter(20, "a"), after(10, "b")]);
 *     for (const outcome of outcomes)
 *         console.log(`${outcome.status} ${outcome.value || outcome.reason.message}`);
 * };
 *
 * main();
 */
js_async(all_settled)
{
    js_value outcomes = js_await(
        js_all_settled(js_call(fails_after, 20, "a"), js_call(after, 10, "b")));
    js_for_of(outcome, outcomes)
        if (outcome.thrown)
            say("rejected %s", js_message(outcome));
        else
            say("fulfilled %s", js_string(outcome));
    return js_undefined;
}

Test(javascript_combine, all_settled_has_every_outcome)
{
    expect_js(all_settled, "b\n"
                           "a fails\n"
                           "rejected a\n"
                           "fulfilled b\n");
}

/* JavaScript:
 *
 * const main = async () => {
 *     const first = await Promise.race([after(20, "a"), after(10, "b")]);
 *     console.log(`first ${first}`);
 * };
 *
 * main();
 */
js_async(race)
{
    js_value first =
        js_await(js_race(js_call(after, 20, "a"), js_call(after, 10, "b")));
    say("first %s", js_string(first));
    return js_undefined;
}

Test(javascript_combine, race_cancels_nothing)
{
    expect_js(race, "b\n"
                    "first b\n"
                    "a\n");
}

/* JavaScript:
 *
 * const main = async () => {
 *     const late = new Promise(() => {});
 *     const first = await Promise.race([late, Promise.resolve(1), Promise.resolve(2)]);
 *     console.log(`first ${first}`);
 *     await Promise.race([]);
 *     console.log("never");
 * };
 *
 * main();
 */
js_async(race_of_settled)
{
    js_value first =
        js_await(js_race(js_promise_new(), js_promise_resolve(js_number(1)),
                         js_promise_resolve(js_number(2))));
    say("first %s", js_string(first));
    js_await(js_race_of(NULL, 0));
    say("never");
    return js_undefined;
}

Test(javascript_combine, race_of_settled_promises_is_the_first_of_them)
{
    expect_js(race_of_settled, "first 1\n");
}

/* JavaScript:
 *
 * Promise.all([Promise.resolve(1)]).then((value) => console.log(`all ${value}`));
 * Promise.race([Promise.resolve(1)]).then((value) => console.log(`race ${value}`));
 * Promise.allSettled([1]).then(() => console.log("allSettled"));
 * ticks(4);
 */
js_function(turns)
{
    js_then(js_all(js_promise_resolve(js_number(1))), print_value, "all");
    js_then(js_race(js_promise_resolve(js_number(1))), print_value, "race");
    js_then(js_all_settled(js_promise_resolve(js_number(1))), print, "allSettled");
    js_queue_microtask(ticks, 4);
    return js_undefined;
}

Test(javascript_combine, each_takes_one_turn_more_than_its_elements)
{
    expect_js(turns, "tick 1\n"
                     "all 1\n"
                     "race 1\n"
                     "allSettled\n"
                     "tick 2\n"
                     "tick 3\n"
                     "tick 4\n");
}
