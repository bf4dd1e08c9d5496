/* Values as text: in template literals, in console.log() and by toFixed(). */
#include "tests/support/expect_js.h"

/* JavaScript:
 *
 * for (const number of [0, -0, 3, -17, 0.5, 0.1 + 0.2, 1 / 3, 4.611, 100, 123456789012,
 *     1e21, 1.5e300, 123456789012345680000, 0.000001, 1.5e-7, 5e-324, 2 ** 53, NaN,
 *     Infinity, -Infinity])
 *     console.log(`${number}`);
 */
js_function(numbers)
{
    const double some[] = { 0,
                            -0.0,
                            3,
                            -17,
                            0.5,
                            0.1 + 0.2,
                            1.0 / 3,
                            4.611,
                            100,
                            123456789012,
                            1e21,
                            1.5e300,
                            123456789012345680000.0,
                            0.000001,
                            1.5e-7,
                            5e-324,
                            9007199254740992,
                            __builtin_nan(""),
                            __builtin_inf(),
                            -__builtin_inf() };

    for (size_t i = 0; i < sizeof(some) / sizeof(*some); i++)
        say("%s", js_string(some[i]));
    return js_undefined;
}

Test(javascript_values, a_number_has_the_fewest_digits_that_give_it_again)
{
    expect_js(numbers, "0\n0\n3\n-17\n0.5\n0.30000000000000004\n0.3333333333333333\n"
                       "4.611\n100\n123456789012\n1e+21\n1.5e+300\n"
                       "123456789012345680000\n0.000001\n1.5e-7\n5e-324\n"
                       "9007199254740992\nNaN\nInfinity\n-Infinity\n");
}

/* JavaScript:
 *
 * for (const number of [1.005, 0.125, 0.375, -0.125, 2.5, 4.611, 1e21, -0, 99.995])
 *     console.log(number.toFixed(2));
 * console.log((2.5).toFixed(0), (0.5).toFixed(0), (-1.5).toFixed(0));
 */
js_function(fixed)
{
    const double some[] = {
        1.005, 0.125, 0.375, -0.125, 2.5, 4.611, 1e21, -0.0, 99.995
    };

    for (size_t i = 0; i < sizeof(some) / sizeof(*some); i++)
        say("%s", js_to_fixed(some[i], 2));
    say("%s %s %s", js_to_fixed(2.5, 0), js_to_fixed(0.5, 0), js_to_fixed(-1.5, 0));
    return js_undefined;
}

Test(javascript_values, to_fixed_rounds_a_tie_away_from_zero)
{
    expect_js(fixed, "1.00\n0.13\n0.38\n-0.13\n2.50\n4.61\n1e+21\n0.00\n100.00\n"
                     "3 1 -2\n");
}

/* JavaScript:
 *
 * const values = [1, "two", null, undefined, true, [3, "four"]];
 * console.log(`${values}`);
 * console.log(`${new Error("why")} ${new Error()} ${Promise.resolve()}`);
 * console.log(values);
 * console.log([-0, ["a'b", 'a"b', "a\nb\\"], [[["deep"]]]]);
 * console.log(["x".repeat(65)]);
 * console.log(["x".repeat(66)]);
 * console.log([1, ["x".repeat(40), "y".repeat(40)]]);
 * console.log([Promise.resolve([1]), new Promise(() => {}), { value: 1, done: true }]);
 */
static js_value array(size_t count, const js_value items[])
{
    js_value array = js_array_new(0);

    for (size_t i = 0; i < count; i++)
        js_push(&array, items[i]);
    return array;
}
#define ARRAY(...)                                                \
    array(sizeof((js_value[]){ __VA_ARGS__ }) / sizeof(js_value), \
          (js_value[]){ __VA_ARGS__ })

static js_value repeated(char letter, size_t count)
{
    char text[100] = "";

    memset(text, letter, count);
    return js_text("%s", text);
}

js_function(shows)
{
    js_value values = ARRAY(js_number(1), js_text("two"), js_null, js_undefined,
                            js_boolean(true), ARRAY(js_number(3), js_text("four")));
    js_value result = js_yielded(js_number(1));
    result.result->done = true;

    say("%s", js_string(values));
    say("%s %s %s", js_string(js_error("why")), js_string(js_error("%s", "")),
        js_string(js_promise_value(js_promise_resolve(js_undefined))));
    say("%s", js_inspect(values));
    say("%s",
        js_inspect(ARRAY(js_number(-0.0),
                         ARRAY(js_text("a'b"), js_text("a\"b"), js_text("a\nb\\")),
                         ARRAY(ARRAY(ARRAY(js_text("deep")))))));
    say("%s", js_inspect(ARRAY(repeated('x', 65))));
    say("%s", js_inspect(ARRAY(repeated('x', 66))));
    say("%s",
        js_inspect(ARRAY(js_number(1), ARRAY(repeated('x', 40), repeated('y', 40)))));
    say("%s",
        js_inspect(ARRAY(js_promise_value(js_promise_resolve(ARRAY(js_number(1)))),
                         js_promise_value(js_promise_new()), result)));
    return js_undefined;
}

Test(javascript_values, are_shown_as_console_log_does)
{
    expect_js(
        shows,
        "1,two,,,true,3,four\n"
        "Error: why Error [object Promise]\n"
        "[ 1, 'two', null, undefined, true, [ 3, 'four' ] ]\n"
        "[ -0, [ \"a'b\", 'a\"b', 'a\\nb\\\\' ], [ [ [Array] ] ] ]\n"
        "[ 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' ]\n"
        "[\n"
        "  'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'\n"
        "]\n"
        "[\n"
        "  1,\n"
        "  [\n"
        "    'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',\n"
        "    'yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy'\n"
        "  ]\n"
        "]\n"
        "[ Promise { [ 1 ] }, Promise { <pending> }, { value: 1, done: true } ]\n");
}
