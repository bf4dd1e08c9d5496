/* compose/group_report.c: errors of a group that no caller receives go to the exception
 * handler, for a group that a return leaves cannot change what is returned. The orphans
 * of a group that was not left are in unit/group.c.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

struct bad {
    double seconds;
};

static int bad(void *frame)
{
    await(co_sleep(((const struct bad *)frame)->seconds));
    return co_raise(CO_EVALUE, "b");
}

struct leaves_after_a_failure {
};

static int leaves_after_a_failure(void *)
{
    co_group group = {};

    return co_in_group(&group, ({
        co_group_spawn(&group, bad, 0.1);
        co_group_spawn(&group, bad, 0.1);
        await(co_sleep(5));
        0;
    }));
}

static int print_error(co_exception_handler *, const co_exception_context *context)
{
    ev("%s: %s", context->message, py_repr_error(context->error).s);
    ev("%s %s: %s", context->kind, context->more->key, context->more->value);
    return 0;
}

static int prints_errors(void *)
{
    static co_exception_handler handler = { print_error };

    co_set_exception_handler(&handler);
    int r = attempt(co_call(leaves_after_a_failure));
    ev("%s %u", py_repr(r).s, co_cancelling(co_self()));
    return 0;
}

/* The await has fixed what the function returns before the group is closed. */
Test(group_report, left_by_await_its_errors_go_to_the_exception_handler)
{
    expect(prints_errors,
           "t=0.1 a TaskGroup was left by return, and its errors reach no "
           "caller: ExceptionGroup('unhandled errors in a TaskGroup', "
           "[ValueError('b'), ValueError('b')])\n"
           "t=0.1 group exceptions: ValueError('b'), ValueError('b')\n"
           "t=0.1 CancelledError() 0\n");
}

struct closes_after_a_failure {
};

static int closes_after_a_failure(void *)
{
    finally(co_group_close) co_group group = {};

    co_group_enter(&group);
    co_group_spawn(&group, bad, 0.1);
    await(attempt(co_sleep(5)) == UV_ECANCELED ? co_raise(CO_EFULL, "mine") : 0);
    return await(co_group_leave(&group, 0));
}

static int closed(void *)
{
    int r = attempt(co_call(closes_after_a_failure));

    ev("%s", py_repr(r).s);
    return 0;
}

Test(group_report, closed_by_finally_its_errors_go_to_the_exception_handler)
{
    expect(
        closed,
        "LOG ERROR a TaskGroup was left by return, and its errors reach no "
        "caller | ExceptionGroup('unhandled errors in a TaskGroup (1 sub-exception)')\n"
        "t=0.1 QueueFull('mine')\n");
}
