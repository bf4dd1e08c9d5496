/* script.c: how a script ends, and the names of its tasks in traces. What it does
 * meanwhile is in facts/javascript_*.c.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <string.h>

#include "lessons/javascript/javascript.h"

/* The lines that were printed, and the ends and names of tasks: "cancelled main". */
struct notes {
    co_observer observer;
    size_t used;
    char text[4096];
};

static void note(co_observer *observer, const co_trace_event *event)
{
    struct notes *self = co_container_of(observer, struct notes, observer);
    const bool ended =
        event->kind == CO_DONE || event->kind == CO_FAIL || event->kind == CO_CANCELLED;
    const char *what = event->kind == CO_SAY ? event->text
                       : ended               ? co_trace_event_word(event->kind)
                                             : NULL;

    if (what)
        self->used += (size_t)snprintf(
            self->text + self->used, sizeof(self->text) - self->used, "%s%s%s\n", what,
            ended ? " " : "", ended ? co_name(event->task) : "");
}

static int run(int (*program)(void), struct notes *ret_notes)
{
    *ret_notes = (struct notes){ { note } };
    return co_program(program, &(co_options){ .virtual_time = true,
                                              .observer = &ret_notes->observer });
}

static void clean_up(const int *) { co_say("cleanup"); }

js_async(waits, js_promise *promise)
{
    finally(clean_up) int resource = 0;

    js_value r = js_try(self->promise);
    say("never: %s", js_string(r));
    return js_undefined;
}

js_async_generator(generates)
{
    finally(clean_up) int resource = 0;

    js_await(js_promise_new());
    js_yield(js_undefined);
    return js_undefined;
}

js_async(leaves_waiting)
{
    js_promise *promise = js_promise_new();

    js_call(waits, promise);
    js_call(waits, promise);
    js_next(js_call(generates));
    return js_undefined;
}

static int program_that_leaves_waiting(void) { return js_run(leaves_waiting); }

Test(script, returns_from_what_waits_at_its_end)
{
    struct notes notes;

    cr_expect(eq(int, run(program_that_leaves_waiting, &notes), 0));
    cr_expect(eq(str, notes.text,
                 "done main\n"
                 "cleanup\ncancelled waits\n"
                 "cleanup\ncancelled waits-2\n"
                 "cleanup\ncancelled generate\n"));
}

js_async(fails)
{
    js_call(waits, js_promise_new());
    js_await(js_sleep(5));
    return js_throw(js_error("why"));
}

static int program_that_fails(void) { return js_run(fails); }

Test(script, returns_the_error_that_was_not_caught)
{
    struct notes notes;

    cr_expect(eq(int, run(program_that_fails, &notes), JS_ETHROWN));
    cr_expect(eq(str, (char *)co_why(), "Error: why"));
    cr_expect(eq(str, notes.text,
                 "fail main\n"
                 "cleanup\ncancelled waits\n"));
}

Test(script, begins_afresh_each_time)
{
    struct notes first, second;

    run(program_that_fails, &first);
    cr_expect(eq(int, run(program_that_leaves_waiting, &second), 0));
    run(program_that_fails, &second);
    cr_expect(eq(str, second.text, first.text));
}

js_async(ten) { return js_undefined; }
js_async(short_name) { return js_undefined; }
js_async(two_words_and_more) { return js_undefined; }
js_async(two_others_like_them) { return js_undefined; }
js_async(onewordthatistoolong) { return js_undefined; }

js_async(calls_many)
{
    for (int i = 0; i < 10; i++)
        js_call(ten);
    for (int i = 0; i < 2; i++)
        js_call(short_name);
    for (int i = 0; i < 2; i++)
        js_call(two_words_and_more);
    js_call(two_others_like_them);
    for (int i = 0; i < 2; i++)
        js_call(onewordthatistoolong);
    return js_undefined;
}

static int program_of_many_names(void) { return js_run(calls_many); }

Test(script, names_its_calls_in_eight_columns)
{
    struct notes notes;

    cr_expect(eq(int, run(program_of_many_names, &notes), 0));
    cr_expect(eq(str, notes.text,
                 "done ten\ndone ten-2\ndone ten-3\ndone ten-4\ndone ten-5\n"
                 "done ten-6\ndone ten-7\ndone ten-8\ndone ten-9\ndone ten-10\n"
                 "done short\ndone short-2\n"
                 "done two\ndone two-2\ndone two-3\n"
                 "done onewordt\ndone onewor-2\n"
                 "done main\n"));
}

static co_timer press;

static void press_ctrl_c(co_callback *) { co_interrupt(); }

js_async(is_interrupted)
{
    press.callback.run = press_ctrl_c;
    co_call_later(&press, 0.005);
    js_call(waits, js_promise_new());
    js_await(js_sleep(10));
    say("never");
    return js_undefined;
}

static int program_that_is_interrupted(void) { return js_run(is_interrupted); }

Test(script, is_ended_by_ctrl_c)
{
    struct notes notes;

    cr_expect(eq(int, run(program_that_is_interrupted, &notes), UV_EINTR));
    cr_expect(eq(str, notes.text,
                 "cancelled main\n"
                 "cleanup\ncancelled waits\n"));
}
