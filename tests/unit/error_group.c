/* core/error_group.c: except*, which splits groups of errors, and the errors
 * themselves.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "engine/core/error_internal.h"
#include "tests/support/expect.h"

struct raises {
    int code;
    const char *why;
};

static int raises(void *frame)
{
    const struct raises *self = frame;

    return co_raise(self->code, "%s", self->why);
}

struct raises_two {
};

static int raises_two(void *)
{
    finally(co_group_close) co_group group = {};

    co_group_enter(&group);
    co_group_spawn(&group, raises, CO_EVALUE, "2");
    co_group_spawn(&group, raises, UV_ENOENT, "3");
    return await(co_group_leave(&group, 0));
}

/* ValueError('1'), and a group of ValueError('2') and KeyError('3'). */
static int raise_nested(void)
{
    finally(co_group_close) co_group group = {};

    co_group_enter(&group);
    co_group_spawn(&group, raises, CO_EVALUE, "1");
    co_group_spawn(&group, raises_two);
    return await(co_group_leave(&group, 0));
}

static int outer(void *)
{
    co_error *taken;
    int r = attempt(raise_nested());

    line("%s", py_repr_errors(co_error_now()).s);
    r = co_except(r, CO_EVALUE, &taken);
    if (!taken)
        return r;
    line("%s", py_repr_errors(taken).s);
    line("%s", co_error_reason(taken));
    line("%s: %s", py_exception(r), py_repr_errors(co_error_now()).s);
    co_error_drop(taken);

    r = co_except(r, UV_ENOENT, &taken);
    if (!taken)
        return r;
    line("%s", py_repr_errors(taken).s);
    line("left: %d", r);
    co_error_drop(taken);
    return r;
}

#define INNER "ExceptionGroup('unhandled errors in a TaskGroup', "

Test(error_group, splits_nested_groups_and_keeps_the_nesting)
{
    expect(outer, "(ValueError('1'), " INNER "[ValueError('2'), KeyError('3')]))\n"
                  "(ValueError('1'), " INNER "[ValueError('2')]))\n"
                  "unhandled errors in a TaskGroup (2 sub-exceptions)\n"
                  "ExceptionGroup: (" INNER "[KeyError('3')]),)\n"
                  "(" INNER "[KeyError('3')]),)\n"
                  "left: 0\n");
}

static int nothing_taken(void *)
{
    co_error *taken;
    int r = attempt(raise_nested());
    co_error *before = co_error_now();

    line("%s", py_bool(co_except(r, CO_EFULL, &taken) == r));
    line("%s %s", py_bool(taken), py_bool(co_error_now() == before));

    r = co_raise(CO_EVALUE, "bare");
    line("%s", py_bool(co_except(r, CO_EFULL, &taken) == r));
    line("%s %s", py_bool(taken), py_repr(r).s);

    line("%d", co_except(5, CO_EFULL, &taken));
    line("%s", py_bool(taken));
    return 0;
}

Test(error_group, leaves_errors_of_another_kind_unchanged)
{
    expect(nothing_taken, "True\n"
                          "False True\n"
                          "True\n"
                          "False ValueError('bare')\n"
                          "5\n"
                          "False\n");
}

static int bare(void *)
{
    co_error *taken;
    int r = co_except(co_raise(CO_EVALUE, "bare"), CO_EVALUE, &taken);

    line("%d %s '%s'", r, py_repr_error(taken).s, co_error_reason(taken));
    co_error_drop(taken);

    r = co_except(UV_ETIMEDOUT, UV_ETIMEDOUT, &taken);
    line("%d %zu", r, taken ? co_error_count(taken) : 0);
    co_error_drop(taken);
    return r;
}

Test(error_group, makes_a_group_of_an_error_that_comes_alone)
{
    expect(bare, "0 ExceptionGroup('', [ValueError('bare')]) ' (1 sub-exception)'\n"
                 "0 1\n");
}

static int raised_again(void *)
{
    co_error *taken;
    int r = co_except(attempt(raise_nested()), CO_EVALUE, &taken);

    if (!taken)
        return r;
    r = co_raise(CO_EFULL, "in between");
    r = co_error_raise(taken);
    line("%s %s", py_exception(r), co_why());
    co_error_drop(taken); /* the task still refers to it */
    line("%s", py_repr_errors(co_error_now()).s);

    const co_error *part = co_error_now();
    while (co_error_count(part) > 0)
        part = co_error_at(part, co_error_count(part) - 1);
    line("%s: %s", py_exception(co_error_code(part)), co_error_reason(part));
    return 0;
}

Test(error_group, the_errors_taken_can_be_raised_and_inspected)
{
    expect(raised_again,
           "ExceptionGroup unhandled errors in a TaskGroup (2 sub-exceptions)\n"
           "(ValueError('1'), " INNER "[ValueError('2')]))\n"
           "ValueError: 2\n");
}

/* ---- nested deeply ------------------------------------------------------- */

enum { DEEP = 1500 };

static struct co_error *group_of(struct co_error *one, struct co_error *other)
{
    struct co_error *parts[] = { one, other };
    struct co_error *group = co_error_group_new("deep", other ? 2 : 1, parts);

    co_error_drop(one);
    co_error_drop(other);
    return group;
}

static size_t depth_of(const co_error *error)
{
    size_t depth = 0;

    for (; co_error_count(error) > 0; error = co_error_at(error, 0))
        depth++;
    return depth;
}

/* A group in a group in a group, and so on, within the stack of a task. */
static int nested(void *)
{
    struct co_error *group =
        group_of(co_error_newf(CO_EVALUE, "inner"), co_error_newf(UV_ENOENT, "beside"));
    co_error *taken;
    char text[32];

    for (int i = 1; i < DEEP; i++)
        group = group_of(group, NULL);
    co_error_repr(group, text, sizeof(text));
    line("%s", text);
    co_error_raise(group);
    co_error_drop(group);
    int r = co_except(CO_EGROUP, CO_EVALUE, &taken);
    line("%s %zu %zu", co_error_name(r), depth_of(taken), depth_of(co_error_now()));
    co_error_drop(taken);
    r = co_except(r, UV_ENOENT, &taken);
    line("%d %zu", r, depth_of(taken));
    co_error_drop(taken);
    return 0;
}

Test(error_group, may_be_nested_more_deeply_than_a_stack)
{
    expect(nested, "ExceptionGroup('deep', [Excepti\n"
                   "EGROUP 1500 1500\n"
                   "0 1500\n");
}

struct fails_deeply {
};

static int fails_deeply(void *)
{
    struct co_error *group = co_error_newf(CO_EVALUE, "inner");

    for (int i = 0; i < DEEP; i++)
        group = group_of(group, NULL);
    int r = co_error_raise(group);
    co_error_drop(group);
    return r;
}

static int gets_it_from_a_thread(void *)
{
    int r = attempt(co_thread(fails_deeply));

    line("%s %zu", co_error_name(r), depth_of(co_error_now()));
    return 0;
}

Test(error_group, of_a_thread_may_be_nested_as_deeply)
{
    expect(gets_it_from_a_thread, "EGROUP 1500\n");
}
