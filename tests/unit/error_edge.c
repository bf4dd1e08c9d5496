/* Errors: reasons, repr, context, a program's own codes, and errors outside of a run.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <string.h>

#include "tests/support/expect.h"

/* ---- co_handling() ------------------------------------------------------- */

static int fails(int code, const char *why) { return co_raise(code, "%s", why); }

static void say_chain(int r)
{
    char text[256] = "", *end = text;

    if (r >= 0) {
        line("%d", r);
        return;
    }
    for (const co_error *error = co_error_now(); error;
         error = co_error_context(error)) {
        end += sprintf(end, end == text ? "" : " <- ");
        co_error_repr(error, end, sizeof(text) - (size_t)(end - text));
        end += strlen(end);
    }
    line("%s", text);
}

static int except_raises(void)
{
    int r = attempt(fails(CO_ESTATE, "first"));

    co_handling(r)
        return co_raise(CO_EVALUE, "second");
    return 0;
}

static int finally_raises(void)
{
    int r = attempt(fails(CO_ESTATE, "first"));

    co_handling(r)
        await(fails(CO_EVALUE, "second"));
    return r;
}

static int finally_goes_on(void)
{
    int r = attempt(fails(CO_ESTATE, "first"));

    co_handling(r) {
        int ignored = attempt(fails(CO_EVALUE, "inner"));
        (void)ignored;
    }
    return r;
}

static int raises_later(void)
{
    int r = attempt(fails(CO_ESTATE, "first"));

    co_handling(r)
        line("handled");
    return co_raise(CO_EVALUE, "second");
}

static int raises_without_handling(void)
{
    int r = attempt(fails(CO_ESTATE, "first"));

    return r < 0 ? co_raise(CO_EVALUE, "second") : 0;
}

static int nested(void)
{
    int r = attempt(fails(CO_ESTATE, "first"));

    co_handling(r) {
        int inner = attempt(fails(CO_EVALUE, "second"));
        co_handling(inner)
            return co_raise(CO_ERUNTIME, "third");
    }
    return 0;
}

static int raises_again(void)
{
    int r = attempt(fails(CO_ESTATE, "first"));

    co_handling(r)
        return r;
    return 0;
}

static int finally_after_success(void)
{
    co_raise(CO_ESTATE, "older");
    int r = attempt(0);

    co_handling(r)
        await(fails(CO_EVALUE, "second"));
    return r;
}

struct times_out {
};

static int times_out(void *) { return attempt(co_wait_for(co_spawn(sleeper, 1), 0)); }

static int same_code_without_reason(void)
{
    int r = attempt(co_join(co_spawn(times_out)));

    co_handling(r)
        await(co_join(co_spawn(times_out)));
    return 0;
}

static int handling(void *)
{
    int (*const programs[])(void) = {
        except_raises,           finally_raises, finally_goes_on, raises_later,
        raises_without_handling, nested,         raises_again,    finally_after_success,
    };

    for (size_t i = 0; i < sizeof(programs) / sizeof(*programs); i++)
        say_chain(attempt(programs[i]()));
    return 0;
}

Test(error_edge, what_is_raised_while_an_error_is_handled_has_it_as_context)
{
    expect(handling, "ValueError('second') <- InvalidStateError('first')\n"
                     "ValueError('second') <- InvalidStateError('first')\n"
                     "InvalidStateError('first')\n"
                     "handled\n"
                     "ValueError('second')\n"
                     "ValueError('second')\n"
                     "RuntimeError('third') <- ValueError('second') <- "
                     "InvalidStateError('first')\n"
                     "InvalidStateError('first')\n"
                     "ValueError('second')\n");
}

static int handling_the_same_code(void *)
{
    say_chain(attempt(same_code_without_reason()));
    return 0;
}

Test(error_edge, two_errors_of_one_code_without_reason_are_two_errors)
{
    expect(
        handling_the_same_code,
        "TimeoutError() <- CancelledError() <- TimeoutError() <- CancelledError()\n");
}

/* ---- reasons and repr ---------------------------------------------------- */

static void say_now(int r)
{
    char text[256];

    co_error_repr(co_error_now(), text, sizeof(text));
    line("%d %s %s", r < 0, text, py_bool(co_error_has_reason(co_error_now())));
}

static int shown_errors_of(void *)
{
    co_future future;
    co_group group = {};
    char small[8];

    say_now(0);
    co_future_init(&future);
    say_now(attempt(co_wait_for(&future, 0)));
    say_now(co_raise(CO_EVALUE, "why"));
    say_now(co_raise(CO_EVALUE, "bad value"));
    say_now(co_raise(CO_EVALUE, "%s", ""));
    say_now(co_raise(CO_EVALUE, "it's \"so\"\n\t\\ \x01"));
    say_now(co_raise(CO_EXIT, "3"));
    co_error_repr(co_error_now(), small, sizeof(small));
    line("%s", small);
    co_error_repr(NULL, small, sizeof(small));
    line("%s %s", small, py_bool(co_error_has_reason(NULL)));
    int r = attempt(co_in_group(&group, fails(CO_EEMPTY, "it's")));
    say_now(r);
    return 0;
}

Test(error_edge, repr_shows_an_error_as_python_does)
{
    expect(
        shown_errors_of,
        "0 None False\n"
        "1 TimeoutError() False\n"
        "1 ValueError('why') True\n"
        "1 ValueError('bad value') True\n"
        "1 ValueError('') True\n"
        "1 ValueError('it\\'s \"so\"\\n\\t\\\\ \\x01') True\n"
        "1 SystemExit(3) True\n"
        "SystemE\n"
        "None False\n"
        "1 ExceptionGroup('unhandled errors in a TaskGroup', [QueueEmpty(\"it's\")]) "
        "True\n");
}

/* ---- the codes of a program ---------------------------------------------- */

#define SHOP_ERRORS(XX)                                            \
    XX(SHOP_ECLOSED, CO_EUSER - 1, "shop is closed", "ShopClosed") \
    XX(SHOP_ESOLD, CO_EUSER - 2, "sold out", "SoldOut")
CO_DECLARE_ERRORS(SHOP_ERRORS);
CO_DEFINE_ERRORS(SHOP_ERRORS);

Test(error_edge, the_codes_of_a_program_have_names)
{
    cr_assert(eq(int, SHOP_ESOLD, -6002));
    cr_assert(eq(str, (char *)co_strerror(SHOP_ESOLD), "sold out"));
    cr_assert(eq(str, (char *)co_error_name(SHOP_ECLOSED), "SHOP_ECLOSED"));
    cr_assert(eq(str, (char *)co_exception_name(SHOP_ESOLD), "SoldOut"));
}

Test(error_edge, a_code_of_a_program_without_a_name_is_an_exception)
{
    cr_assert(eq(str, (char *)co_strerror(CO_EUSER), "unknown error"));
    cr_assert(eq(str, (char *)co_error_name(CO_EUSER - 100), "UNKNOWN"));
    cr_assert(eq(str, (char *)co_exception_name(CO_EUSER), "Exception"));
    cr_assert(eq(str, (char *)co_exception_name(CO_EUSER + 1), "OSError"));
}

struct buys {
};

static int buys(void *) { return co_raise(SHOP_ESOLD, "no apples"); }

static int shops(void *)
{
    char text[512];
    co_task *task = co_spawn(buys);

    int r = attempt(co_join(task));
    co_repr(task, text, sizeof(text));
    line("%s %s", py_exception(r), strstr(text, "exception="));
    return 0;
}

Test(error_edge, a_task_fails_with_a_code_of_the_program)
{
    expect(shops, "SoldOut exception=SoldOut('no apples')>\n");
}

Test(error_edge, errors_of_the_system_have_pythons_classes)
{
    cr_assert(
        eq(str, (char *)co_exception_name(UV_ECONNREFUSED), "ConnectionRefusedError"));
    cr_assert(eq(str, (char *)co_exception_name(UV_EACCES), "PermissionError"));
    cr_assert(eq(str, (char *)co_exception_name(UV_ENOSPC), "OSError"));
}

/* ---- outside of a run ---------------------------------------------------- */

static int fails_with_reason(void *) { return co_raise(CO_EVALUE, "in the run"); }

static int fails_without_reason(void *)
{
    co_future future;

    co_future_init(&future);
    return attempt(co_wait_for(&future, 0));
}

static int succeeds(void *) { return 1; }

Test(error_edge, the_reason_of_a_run_is_known_after_it)
{
    const co_options options = { .virtual_time = true };

    cr_assert(eq(str, (char *)co_why(), ""));
    cr_assert(eq(int, co_run(fails_with_reason, &options), CO_EVALUE));
    cr_assert(eq(str, (char *)co_why(), "in the run"));
    cr_assert(eq(int, co_run(succeeds, &options), 1));
    cr_assert(eq(str, (char *)co_why(), "in the run"));
    cr_assert(eq(int, co_run(fails_without_reason, &options), UV_ETIMEDOUT));
    cr_assert(not(co_error_has_reason(co_error_now())));
    cr_assert(eq(str, (char *)co_why(), (char *)co_strerror(UV_ETIMEDOUT)));
}

Test(error_edge, an_error_can_be_raised_outside_of_a_run)
{
    cr_assert(eq(int, co_raise(CO_ESTATE, "number %d", 7), CO_ESTATE));
    cr_assert(eq(str, (char *)co_why(), "number 7"));
    co_error *kept = co_error_keep(co_error_now());
    co_raise(CO_EVALUE, "another");
    cr_assert(eq(int, co_error_raise(kept), CO_ESTATE));
    co_error_drop(kept);
    cr_assert(eq(str, (char *)co_why(), "number 7"));
}

static int asks_before_an_error(void *)
{
    cr_expect(eq(str, (char *)co_why(), ""));
    cr_expect(eq(ptr, (void *)co_error_now(), NULL));
    return 0;
}

static int meets_an_error(void *)
{
    int r = co_raise(UV_ETIMEDOUT, "met");

    return r < 0 ? 0 : 1;
}

Test(error_edge, the_reason_of_a_run_is_that_of_no_task_of_a_later_one)
{
    cr_assert(eq(int, co_run(fails_with_reason, NULL), CO_EVALUE));
    cr_assert(eq(int, co_run(asks_before_an_error, NULL), 0));
    cr_assert(eq(int, co_run(meets_an_error, NULL), 0));
    cr_assert(eq(str, (char *)co_why(), "in the run"));
}
