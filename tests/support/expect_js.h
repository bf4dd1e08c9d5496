/* expect_js.h — run a small script and compare the lines it prints with those that the
 * same script prints in Node.
 *
 * A test is a script of a few lines. The JavaScript it stands for is in the comment
 * before, which begins with "JavaScript:"; node_parity.py runs that and expects the
 * same lines.
 */
#ifndef EXPECT_JS_H
#define EXPECT_JS_H

#include <criterion/criterion.h>

#include "lessons/javascript/javascript.h"
#include "tests/support/expect.h"

/* Run a js_function() or js_async() without parameters as a script: it must end without
 * an error, or with one that is not caught. That is printed too, as "LOG ERROR …".
 */
#define expect_js(script, lines) expect_script(JS_SCRIPT_(script), 0, lines)
#define expect_uncaught(script, lines) \
    expect_script(JS_SCRIPT_(script), JS_ETHROWN, lines)
#define JS_SCRIPT_(script)                   \
#script, (js_closure)                    \
    {                                        \
        script##_apply_, &(struct script) {} \
    }

static struct {
    const char *name;
    js_closure closure;
    int outcome;
} script_under_test;

static int run_script(void)
{
    int r = js_run_script(script_under_test.name, script_under_test.closure);

    return r == script_under_test.outcome ? 0 : CO_EVALUE;
}

static void expect_script(const char *name, js_closure closure, int outcome,
                          const char *lines)
{
    script_under_test.name = name;
    script_under_test.closure = closure;
    script_under_test.outcome = outcome;
    expect_program(run_script, lines);
}

/* () => console.log(text) */
js_function(print, const char *text)
{
    say("%s", self->text);
    return js_undefined;
}

/* (value) => console.log(`${text} ${value}`) */
js_function(print_value, const char *text)
{
    say("%s %s", self->text, js_string(value));
    return js_undefined;
}

/* (value) => console.log(value) */
js_function(inspect)
{
    say("%s", js_inspect(value));
    return js_undefined;
}

/* js_queue_microtask(ticks, COUNT) prints "tick 1" up to "tick COUNT", each in a
 * microtask that the one before queues:
 *
 *     function ticks(count, n = 1) {
 *         queueMicrotask(() => {
 *             console.log(`tick ${n}`);
 *             if (n < count) ticks(count, n + 1);
 *         });
 *     }
 */
js_function(ticks, int count, int before)
{
    int n = self->before + 1;

    say("tick %d", n);
    if (n < self->count)
        js_queue_microtask(ticks, self->count, n);
    return js_undefined;
}

#endif
