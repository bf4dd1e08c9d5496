/* setTimeout and setInterval, and when a script ends. */
#include "tests/support/expect_js.h"

/* JavaScript:
 *
 * const printTime = () => console.log(`at ${Date.now() - start}`);
 * const start = Date.now();
 * for (const delay of [2.9, 1.9, 0.5, 0, -5, NaN, 2 ** 31])
 *     setTimeout(printTime, delay);
 */
js_function(print_time)
{
    say("at %s", js_string(js_date_now()));
    return js_undefined;
}

js_function(odd_delays)
{
    const double delays[] = { 2.9, 1.9, 0.5, 0, -5, __builtin_nan(""), 2147483648.0 };

    for (size_t i = 0; i < sizeof(delays) / sizeof(*delays); i++)
        js_set_timeout(print_time, delays[i]);
    return js_undefined;
}

Test(javascript_timers, a_delay_is_truncated_and_at_least_one_millisecond)
{
    expect_js(odd_delays, "at 1\n"
                          "at 1\n"
                          "at 1\n"
                          "at 1\n"
                          "at 1\n"
                          "at 1\n"
                          "at 2\n");
}

/* JavaScript:
 *
 * setTimeout(() => console.log("20"), 20);
 * setTimeout(() => console.log("first 10"), 10);
 * setTimeout(() => console.log("second 10"), 10);
 * clearTimeout(setTimeout(() => console.log("cleared"), 15));
 * clearTimeout(undefined);
 */
js_function(several)
{
    js_set_timeout(print, 20, "20");
    js_set_timeout(print, 10, "first 10");
    js_set_timeout(print, 10, "second 10");
    js_clear_timer(js_set_timeout(print, 15, "cleared"));
    js_clear_timer(NULL);
    return js_undefined;
}

Test(javascript_timers, the_earliest_runs_first_and_of_equal_ones_the_older)
{
    expect_js(several, "first 10\n"
                       "second 10\n"
                       "20\n");
}

/* JavaScript:
 *
 * let count = 0;
 * const start = Date.now();
 * const interval = setInterval(() => {
 *     console.log(`at ${Date.now() - start}`);
 *     if (++count === 3)
 *         clearInterval(interval);
 * }, 10);
 */
struct interval {
    js_timer *timer;
    int count;
};

js_function(count_to_three, struct interval *interval)
{
    say("at %s", js_string(js_date_now()));
    if (++self->interval->count == 3)
        js_clear_timer(self->interval->timer);
    return js_undefined;
}

js_function(repeats)
{
    static struct interval interval;

    interval.count = 0;
    interval.timer = js_set_interval(count_to_three, 10, &interval);
    return js_undefined;
}

Test(javascript_timers, an_interval_can_clear_itself)
{
    expect_js(repeats, "at 10\n"
                       "at 20\n"
                       "at 30\n");
}

/* JavaScript:
 *
 * const sleep = (delay) => new Promise((resolve) => setTimeout(resolve, delay));
 * const start = Date.now();
 *
 * setTimeout(async () => {
 *     await sleep(5);
 *     console.log(`at ${Date.now() - start}`);
 * }, 10);
 */
js_async(sleeps_and_prints)
{
    js_await(js_sleep(5));
    say("at %s", js_string(js_date_now()));
    return js_undefined;
}

js_function(async_callback)
{
    js_set_timeout(sleeps_and_prints, 10);
    return js_undefined;
}

Test(javascript_timers, a_callback_can_be_an_async_function)
{
    expect_js(async_callback, "at 15\n");
}

/* JavaScript:
 *
 * async function waits() {
 *     console.log("waits");
 *     await new Promise(() => {});
 *     console.log("never");
 * }
 *
 * waits();
 */
js_async(waits_for_ever)
{
    say("waits");
    js_await(js_promise_new());
    say("never");
    return js_undefined;
}

Test(javascript_timers, a_pending_promise_does_not_keep_the_script_alive)
{
    expect_js(waits_for_ever, "waits\n");
}
