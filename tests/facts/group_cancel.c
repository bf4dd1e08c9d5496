/* Task groups: a parent that is cancelled, nested groups, timeouts around a group, and
 * tasks that ignore a cancellation.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

/* Sleeps for long, and prints when it is cancelled and when it has cleaned up. */
struct job {
    const char *name;
    const char *cancelled; /* NULL: it prints nothing */
    double cleanup;
    const char *cleaned; /* NULL: it prints nothing */
    bool fails;          /* in the cleanup */
};

static int job(void *frame)
{
    const struct job *self = frame;
    int r = attempt(co_sleep(5));

    if (self->cancelled)
        ev("%s %s", self->name, self->cancelled);
    if (self->cleanup > 0)
        await(co_sleep(self->cleanup));
    if (self->cleaned)
        ev("%s %s", self->name, self->cleaned);
    return self->fails ? co_raise(CO_EVALUE, "cleanup") : r;
}

struct fails {
    double seconds;
    int code;
    const char *why;
};

static int fails(void *frame)
{
    const struct fails *self = frame;

    await(co_sleep(self->seconds));
    return co_raise(self->code, "%s", self->why);
}

struct parent_10 {
};

static int parent_10(void *)
{
    finally(co_group_close) co_group group = {};

    co_group_enter(&group);
    co_group_spawn(&group, job, "A", "cancelled", 0.2, "cleaned");
    int r = attempt(co_group_leave(&group, 0));
    ev("parent: %s", py_repr(r).s);
    return r;
}

static int tg_10(void *)
{
    co_task *task = co_spawn(parent_10);

    await(co_sleep(0.1));
    co_cancel(task);
    await(co_wait(CO_ALL_COMPLETED, CO_FOREVER, task));
    ev("cancelled %s", py_bool(co_cancelled(task)));
    return 0;
}

Test(group_cancel, TG_10_a_cancelled_parent_cancels_the_tasks_and_waits_for_them)
{
    expect(tg_10, "t=0.1 A cancelled\n"
                  "t=0.3 A cleaned\n"
                  "t=0.3 parent: CancelledError()\n"
                  "t=0.3 cancelled True\n");
}

struct parent_11 {
};

static int parent_11(void *)
{
    finally(co_group_close) co_group group = {};

    co_group_enter(&group);
    co_group_spawn(&group, job, .fails = true);
    int r = attempt(co_group_leave(&group, 0));
    ev("parent: %s cancelling %u", py_repr(r).s, co_cancelling(co_self()));
    await(co_sleep(0.1));
    ev("parent went on after the group");
    return 0;
}

static int tg_11(void *)
{
    co_task *task = co_spawn(parent_11);

    await(co_sleep(0.1));
    co_cancel(task);
    await(co_wait(CO_ALL_COMPLETED, CO_FOREVER, task));
    ev("parent cancelled %s", py_bool(co_cancelled(task)));
    return 0;
}

#define PARENT_11                                                      \
    "t=0.1 parent: ExceptionGroup('unhandled errors in a TaskGroup', " \
    "[ValueError('cleanup')]) cancelling 1\n"

Test(group_cancel, TG_11_an_error_in_the_cleanup_outranks_the_cancellation)
{
    expect(tg_11, PARENT_11 "t=0.2 parent went on after the group\n"
                            "t=0.2 parent cancelled False\n");
    expect_as(313, tg_11, PARENT_11 "t=0.1 parent cancelled True\n");
}

struct inner_14 {
};

static int inner_14(void *)
{
    finally(co_group_close) co_group inner = {};

    co_group_enter(&inner);
    co_group_spawn(&inner, fails, 0.1, CO_EVALUE, "b");
    return await(co_group_leave(&inner, 0));
}

static int tg_14(void *)
{
    co_group outer = {};
    int r = attempt(co_in_group(&outer, ({
        co_group_spawn(&outer, job, "sibling", "cancelled");
        co_call(inner_14);
    })));

    ev("%s", py_repr(r).s);
    return 0;
}

Test(group_cancel, TG_14_the_error_of_an_inner_group_comes_nested)
{
    expect(tg_14, "t=0.1 sibling cancelled\n"
                  "t=0.1 ExceptionGroup('unhandled errors in a TaskGroup', "
                  "[ExceptionGroup('unhandled errors in a TaskGroup', "
                  "[ValueError('b')])])\n");
}

static int tg_15_body(void *)
{
    finally(co_group_close) co_group group = {};

    co_group_enter(&group);
    co_group_spawn(&group, job, "job", "cancelled");
    await(co_sleep(0.1));
    return await(co_group_leave(&group, co_raise(CO_EXIT, "2")));
}

struct exits {
};

static int exits(void *)
{
    await(co_sleep(0.1));
    ev("task raises SystemExit");
    return co_raise(CO_EXIT, "3");
}

static int tg_15_task(void *)
{
    finally(co_group_close) co_group group = {};

    co_group_enter(&group);
    co_group_spawn(&group, exits);
    co_group_spawn(&group, job, "job", "cancelled");
    int r = attempt(co_group_leave(&group, 0));
    ev("group left with %s", py_repr(r).s);
    return r;
}

static int tg_15_run_body(void)
{
    ev("run raised %s", py_repr(co_run(tg_15_body, NULL)).s);
    return 0;
}

static int tg_15_run_task(void)
{
    ev("run raised %s", py_repr(co_run(tg_15_task, NULL)).s);
    return 0;
}

/* Two programs, since the runs of one program share a clock. */
Test(group_cancel, TG_15_an_exit_is_raised_without_a_group)
{
    expect_program(tg_15_run_body, "t=0.1 job cancelled\n"
                                   "t=0.1 run raised SystemExit(2)\n");
    expect_program(tg_15_run_task, "t=0.1 task raises SystemExit\n"
                                   "t=0.1 job cancelled\n"
                                   "t=0.1 group left with SystemExit(3)\n"
                                   "t=0.1 run raised SystemExit(3)\n"
                                   "LOG ERROR Task exception was never retrieved | "
                                   "SystemExit(3)\n");
}

struct parent_22 {
};

static int parent_22(void *)
{
    finally(co_group_close) co_group group = {};

    co_group_enter(&group);
    co_group_spawn(&group, job, "slow", .cleanup = 0.3, .cleaned = "cleaned");
    co_group_spawn(&group, fails, 0.1, CO_EVALUE, "b");
    int r = attempt(co_group_leave(&group, 0));
    ev("parent: %s cancelling %u", py_repr(r).s, co_cancelling(co_self()));
    await(co_sleep(0.1));
    ev("parent went on");
    return 0;
}

static int tg_22(void *)
{
    co_task *task = co_spawn(parent_22);

    await(co_sleep(0.2));
    co_cancel(task);
    await(co_wait(CO_ALL_COMPLETED, CO_FOREVER, task));
    ev("parent cancelled %s", py_bool(co_cancelled(task)));
    return 0;
}

#define PARENT_22                                                      \
    "t=0.4 slow cleaned\n"                                             \
    "t=0.4 parent: ExceptionGroup('unhandled errors in a TaskGroup', " \
    "[ValueError('b')]) cancelling "

Test(group_cancel, TG_22_a_cancellation_while_the_group_is_aborting_is_counted)
{
    expect(tg_22, PARENT_22 "2\n"
                            "t=0.5 parent went on\n"
                            "t=0.5 parent cancelled False\n");
    expect_as(313, tg_22,
              PARENT_22 "1\n"
                        "t=0.4 parent cancelled True\n");
}

struct waits_23 {
};

static int waits_23(void *)
{
    finally(co_group_close) co_group group = {};

    co_group_enter(&group);
    co_group_spawn(&group, job, "A", "cancelled");
    return await(co_group_leave(&group, 0));
}

static int tg_23(void *)
{
    int r = attempt(co_within(0.2, co_call(waits_23)));

    if (r == UV_ETIMEDOUT)
        ev("%s", py_repr(r).s);
    return 0;
}

Test(group_cancel, TG_23_a_timeout_around_a_group_is_a_timeout)
{
    expect(tg_23, "t=0.2 A cancelled\n"
                  "t=0.2 TimeoutError()\n");
}

struct stubborn {
};

static int stubborn(void *)
{
    if (attempt(co_sleep(0.5)) == UV_ECANCELED)
        ev("stubborn ignores the cancellation");
    await(co_sleep(0.5));
    ev("stubborn ends");
    return 0;
}

static int tg_16(void *)
{
    finally(co_group_close) co_group group = {};

    co_group_enter(&group);
    co_group_spawn(&group, stubborn);
    co_group_spawn(&group, fails, 0.1, CO_EVALUE, "b");
    if (attempt(co_group_leave(&group, 0)) == CO_EGROUP)
        ev("%s", py_repr_errors(co_error_now()).s);
    return 0;
}

Test(group_cancel, TG_16_a_task_that_ignores_the_cancellation_keeps_the_group_waiting)
{
    expect(tg_16, "t=0.1 stubborn ignores the cancellation\n"
                  "t=0.6 stubborn ends\n"
                  "t=0.6 (ValueError('b'),)\n");
}

static int tg_19(void *)
{
    static const char *const names[] = { "0", "1", "2", "3", "4", "5" };
    finally(co_group_close) co_group group = {};

    co_group_enter(&group);
    for (int i = 0; i < 6; i++)
        co_group_spawn(&group, job, names[i], "cancelled");
    co_group_spawn(&group, fails, 0.1, CO_EVALUE, "b");
    if (attempt(co_group_leave(&group, 0)) == CO_EGROUP)
        ev("%s", py_repr_errors(co_error_now()).s);
    return 0;
}

/* In CPython the order depends on addresses. */
Test(group_cancel, TG_19_tasks_are_cancelled_in_the_order_of_their_creation)
{
    expect(tg_19, "t=0.1 0 cancelled\n"
                  "t=0.1 1 cancelled\n"
                  "t=0.1 2 cancelled\n"
                  "t=0.1 3 cancelled\n"
                  "t=0.1 4 cancelled\n"
                  "t=0.1 5 cancelled\n"
                  "t=0.1 (ValueError('b'),)\n");
}

struct outer_25 {
    co_group *outer;
};

static int outer_25(void *frame)
{
    const struct outer_25 *self = frame;
    finally(co_group_close) co_group inner = {};
    co_error *taken;

    co_group_enter(&inner);
    co_group_spawn(&inner, fails, 0.1, CO_EVALUE, "inner");
    co_group_spawn(self->outer, fails, 0.1, UV_ENOENT, "outer");
    int r = attempt(co_group_leave(&inner, 0));
    r = co_except(r, CO_EVALUE, &taken);
    if (taken)
        ev("inner error handled %s", py_repr_errors(taken).s);
    co_error_drop(taken);
    await(r);
    ev("outer body goes on");
    await(co_sleep(0.2));
    ev("outer body slept");
    return 0;
}

static int tg_25(void *)
{
    co_group outer = {};
    co_error *taken;
    int r = attempt(co_in_group(&outer, co_call(outer_25, &outer)));

    r = co_except(r, UV_ENOENT, &taken);
    if (taken)
        ev("outer error %s", py_repr_errors(taken).s);
    co_error_drop(taken);
    return r;
}

Test(group_cancel, TG_25_two_groups_that_fail_at_once)
{
    expect(tg_25, "t=0.1 inner error handled (ValueError('inner'),)\n"
                  "t=0.1 outer body goes on\n"
                  "t=0.3 outer body slept\n"
                  "t=0.3 outer error (KeyError('outer'),)\n");
    expect_as(313, tg_25,
              "t=0.1 inner error handled (ValueError('inner'),)\n"
              "t=0.1 outer body goes on\n"
              "t=0.1 outer error (KeyError('outer'),)\n");
}
