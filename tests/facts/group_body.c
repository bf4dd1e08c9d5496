/* Task groups: what the body sees when a task of the group fails. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

struct bad {
};

static int bad(void *)
{
    await(co_sleep(0.1));
    return co_raise(CO_EVALUE, "b");
}

struct job {
    char name;
};

static int job(void *frame)
{
    int r = attempt(co_sleep(5));

    ev("%c %s", ((const struct job *)frame)->name,
       r == UV_ECANCELED ? "cancelled" : "never");
    return r;
}

static void report(const char *who, int r)
{
    ev("%s %s %u", who, py_repr(r).s, co_cancelling(co_self()));
}

/* ---- the body is cancelled ----------------------------------------------- */

static int tg_06(void *)
{
    finally(co_group_close) co_group group = {};

    await(co_group_enter(&group));
    co_group_spawn(&group, bad);
    co_group_spawn(&group, job, 'A');
    int r = attempt(co_sleep(5));
    report("body", r);
    r = attempt(co_group_leave(&group, r));
    report("main", r);
    await(co_sleep(0.1));
    ev("goes on %u", co_cancelling(co_self()));
    return 0;
}

Test(group_body, TG_06_a_failure_cancels_the_body_and_the_exit_uncancels)
{
    expect(tg_06, "t=0.1 A cancelled\n"
                  "t=0.1 body CancelledError() 1\n"
                  "t=0.1 main ExceptionGroup('unhandled errors in a TaskGroup', "
                  "[ValueError('b')]) 0\n"
                  "t=0.2 goes on 0\n");
}

static int tg_06_in_the_exit(void *)
{
    finally(co_group_close) co_group group = {};

    await(co_group_enter(&group));
    co_group_spawn(&group, bad);
    co_group_spawn(&group, job, 'B');
    ev("body ends");
    int r = attempt(co_group_leave(&group, 0));
    ev("main %s", py_repr(r).s);
    await(co_sleep(0.1));
    ev("goes on");
    return 0;
}

Test(group_body, TG_06_a_parent_that_waits_in_the_exit_continues_to_wait)
{
    const char *lines = "t=0 body ends\n"
                        "t=0.1 B cancelled\n"
                        "t=0.1 main ExceptionGroup('unhandled errors in a TaskGroup', "
                        "[ValueError('b')])\n"
                        "t=0.2 goes on\n";

    expect(tg_06_in_the_exit, lines);
    expect_as(313, tg_06_in_the_exit, lines);
}

struct bad_soon {
};

static int bad_soon(void *)
{
    await(co_sleep(0));
    evi("bad fails");
    return co_raise(CO_EVALUE, "b");
}

struct slow {
};

static int slow(void *)
{
    int r = attempt(co_sleep(5));

    if (r == UV_ECANCELED)
        evi("job cancelled");
    return r;
}

static int tg_06_when(void *)
{
    finally(co_group_close) co_group group = {};

    await(co_group_enter(&group));
    co_group_spawn(&group, bad_soon);
    co_group_spawn(&group, slow);
    int r = attempt(co_sleep(5));
    evi("body finally %u", co_cancelling(co_self()));
    if (attempt(co_group_leave(&group, r)) == CO_EGROUP)
        evi("main %s %u", py_repr_errors(co_error_now()).s, co_cancelling(co_self()));
    return 0;
}

Test(group_body, TG_06_the_tasks_are_cancelled_before_the_body)
{
    expect(tg_06_when, "i=3 bad fails\n"
                       "i=5 job cancelled\n"
                       "i=5 body finally 1\n"
                       "i=7 main (ValueError('b'),) 0\n");
}

static int goes_on(co_group *group)
{
    co_group_spawn(group, bad_soon);
    if (attempt(co_sleep(5)) == UV_ECANCELED)
        evi("swallowed %u", co_cancelling(co_self()));
    await(co_sleep(0));
    evi("body goes on");
    return 0;
}

static int tg_06_swallowed(void *)
{
    finally(co_group_close) co_group group = {};

    await(co_group_enter(&group));
    if (attempt(co_group_leave(&group, attempt(goes_on(&group)))) == CO_EGROUP)
        evi("main %s %u", py_repr_errors(co_error_now()).s, co_cancelling(co_self()));
    return 0;
}

Test(group_body, TG_06_a_body_that_refuses_continues_but_the_error_stays)
{
    expect(tg_06_swallowed, "i=3 bad fails\n"
                            "i=5 swallowed 1\n"
                            "i=6 body goes on\n"
                            "i=6 main (ValueError('b'),) 0\n");
}

/* ---- the body awaits a failing task -------------------------------------- */

static int leave(co_group *group, int r)
{
    int outcome = attempt(co_group_leave(group, r));

    if (outcome == CO_EGROUP)
        ev("main %s %u", py_repr_errors(co_error_now()).s, co_cancelling(co_self()));
    return outcome == CO_EGROUP ? 0 : outcome;
}

static int tg_21(void *)
{
    finally(co_group_close) co_group group = {};

    await(co_group_enter(&group));
    co_task *task = co_group_spawn(&group, bad);
    int r = attempt(co_join(task));
    report("body sees", r);
    ev("%s %s", py_bool(co_done(task)), py_bool(co_cancelled(task)));
    return await(leave(&group, r));
}

Test(group_body, TG_21_a_body_that_awaits_a_failing_task_is_cancelled)
{
    expect(tg_21, "t=0.1 body sees CancelledError() 1\n"
                  "t=0.1 True False\n"
                  "t=0.1 main (ValueError('b'),) 0\n");
}

static int tg_21_again(void *)
{
    finally(co_group_close) co_group group = {};

    await(co_group_enter(&group));
    co_task *task = co_group_spawn(&group, bad);
    if (attempt(co_join(task)) == UV_ECANCELED)
        ev("swallowed %s('%s')", py_exception(co_result(task)), co_reason(task));
    int r = attempt(co_join(task));
    ev("again %s", py_repr(r).s);
    return await(leave(&group, 0));
}

Test(group_body, TG_21_the_body_may_ask_the_task_for_its_error)
{
    expect(tg_21_again, "t=0.1 swallowed ValueError('b')\n"
                        "t=0.1 again ValueError('b')\n"
                        "t=0.1 main (ValueError('b'),) 0\n");
}

static int tg_21_gather(void *)
{
    finally(co_group_close) co_group group = {};

    await(co_group_enter(&group));
    co_task *task = co_group_spawn(&group, bad);
    co_task *other = co_group_spawn(&group, sleeper, 5);
    int r = attempt(co_gather(task, other));
    ev("body sees %s %s", py_repr(r).s, py_bool(co_done(other)));
    return await(leave(&group, r));
}

Test(group_body, TG_21_a_gather_is_an_iteration_late_for_the_cancellation)
{
    expect(tg_21_gather, "t=0.1 body sees ValueError('b') True\n"
                         "t=0.1 main (ValueError('b'), ValueError('b')) 0\n");
}

struct sibling {
    co_task *task;
};

static int sibling(void *frame)
{
    int r = attempt(co_join(((const struct sibling *)frame)->task));

    ev("sibling sees %s", py_repr(r).s);
    return r;
}

static int tg_21_sibling(void *)
{
    finally(co_group_close) co_group group = {};

    await(co_group_enter(&group));
    co_group_spawn(&group, sibling, co_group_spawn(&group, bad));
    return await(leave(&group, 0));
}

Test(group_body, TG_21_a_sibling_that_awaits_it_is_an_iteration_late_too)
{
    expect(tg_21_sibling, "t=0.1 sibling sees CancelledError()\n"
                          "t=0.1 main (ValueError('b'),) 1\n");
}
