/* wait_for whose caller is cancelled, whose task ends late or is cancelled by another,
 * and nested ones.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

/* Takes a second to clean up when it is cancelled. */
struct slow {
};

static int slow(void *)
{
    int r = attempt(co_sleep(5));

    ev("cleanup");
    if (attempt(co_sleep(1)) == UV_ECANCELED)
        ev("cleanup cancelled");
    else
        ev("cleanup done");
    return r;
}

struct waiter {
    co_task *task;
    double seconds;
};

static int waiter(void *frame)
{
    const struct waiter *self = frame;
    int r = attempt(co_wait_for(self->task, self->seconds));

    ev("w %s", py_repr(r).s);
    return r;
}

static int interrupted_when_late(void *)
{
    co_task *t = co_spawn(slow), *u = co_spawn(waiter, t, 0.1);

    await(co_sleep(0.3));
    co_cancel_with(u, "stop");
    int r = attempt(co_join(u));
    ev("%s %s", py_repr(r).s, py_bool(co_done(t)));
    await(co_settle(t));
    ev("%s", py_bool(co_cancelled(t)));
    return 0;
}

Test(wait_for_interrupted, wait_for_can_be_cancelled_while_it_waits_for_a_cleanup)
{
    expect(interrupted_when_late, "t=0.1 cleanup\n"
                                  "t=0.3 w CancelledError('stop')\n"
                                  "t=0.3 CancelledError('stop') False\n"
                                  "t=1.1 cleanup done\n"
                                  "t=1.1 True\n");
}

Test(wait_for_interrupted, wait_for_passes_a_cancellation_to_the_cleanup_since_312)
{
    expect_as(312, interrupted_when_late,
              "t=0.1 cleanup\n"
              "t=0.3 cleanup cancelled\n"
              "t=0.3 w CancelledError('stop')\n"
              "t=0.3 CancelledError('stop') True\n"
              "t=0.3 True\n");
}

static int interrupted_twice(void *)
{
    co_task *t = co_spawn(slow), *u = co_spawn(waiter, t, 5);

    await(co_sleep(0.1));
    co_cancel_with(u, "one");
    await(co_sleep(0.1));
    co_cancel_with(u, "two");
    int r = attempt(co_join(u));
    ev("%s %s %u", py_repr(r).s, py_bool(co_done(t)), co_cancelling(u));
    if (attempt(co_join(t)) == UV_ECANCELED)
        ev("t");
    return 0;
}

Test(wait_for_interrupted, wait_for_cancelled_twice_waits_no_longer)
{
    expect(interrupted_twice, "t=0.1 cleanup\n"
                              "t=0.2 w CancelledError('two')\n"
                              "t=0.2 CancelledError('two') False 2\n"
                              "t=1.1 cleanup done\n"
                              "t=1.1 t\n");
}

Test(wait_for_interrupted, wait_for_cancelled_twice_interrupts_the_cleanup_since_312)
{
    expect_as(312, interrupted_twice,
              "t=0.1 cleanup\n"
              "t=0.2 cleanup cancelled\n"
              "t=0.2 w CancelledError('two')\n"
              "t=0.2 CancelledError('two') True 2\n"
              "t=0.2 t\n");
}

struct ends_late {
};

static int ends_late(void *)
{
    if (attempt(co_sleep(5)) == UV_ECANCELED)
        await(co_sleep(0.2));
    return 1;
}

static int late_result(void *)
{
    int r = await(co_wait_for(co_spawn(ends_late), 0.1));

    ev("%s", r == 1 ? "late" : "");
    return 0;
}

Test(wait_for_interrupted, a_result_that_comes_late_is_returned)
{
    expect(late_result, "t=0.3 late\n");
}

struct never {
};

static int never(void *)
{
    ev("never");
    return 0;
}

struct refuses_to_end {
};

static int refuses_to_end(void *)
{
    if (attempt(co_sleep(5)) == UV_ECANCELED)
        ev("refuses");
    return 'r';
}

static int no_time_for_tasks(void)
{
    co_task *task = co_spawn(never);

    if (attempt(co_wait_for(task, 0)) == UV_ETIMEDOUT)
        evi("timeout %s", py_bool(co_cancelled(task)));
    task = co_spawn(refuses_to_end);
    await(co_sleep(0));
    int r = await(co_wait_for(task, -1));
    evi("%c", r);
    return 0;
}

static int no_time(void *)
{
    co_future failed, pending, cancelled;

    await(no_time_for_tasks());
    co_future_init(&failed);
    co_future_fail(&failed, CO_EVALUE, "f");
    int r = attempt(co_wait_for(&failed, 0));
    evi("%s", py_repr(r).s);
    co_future_init(&pending);
    if (attempt(co_wait_for(&pending, 0)) == UV_ETIMEDOUT)
        evi("timeout %s", py_bool(co_cancelled(&pending)));
    co_future_init(&cancelled);
    co_cancel_with(&cancelled, "m");
    r = attempt(co_wait_for(&cancelled, 0));
    evi("%s", py_args(r).s);
    return 0;
}

Test(wait_for_interrupted,
     wait_for_with_a_timeout_of_zero_returns_a_result_that_is_available)
{
    expect(no_time, "i=4 timeout True\n"
                    "t=0 refuses\n"
                    "i=8 r\n"
                    "i=8 ValueError('f')\n"
                    "i=10 timeout True\n"
                    "i=10 ('m',)\n");
}

static int done_already(void *)
{
    co_future f, g, h;

    co_future_init(&f);
    co_future_set(&f, 'f');
    int r = await(co_wait_for(&f, 1));
    evi("%c", r);
    co_future_init(&g);
    co_cancel_with(&g, "m");
    r = attempt(co_wait_for(&g, 1));
    evi("%s", py_args(r).s);
    co_future_init(&h);
    co_future_fail(&h, UV_ETIMEDOUT, "own");
    r = attempt(co_wait_for(&h, 1));
    evi("%s", py_repr(r).s);
    return 0;
}

Test(wait_for_interrupted, wait_for_a_future_that_is_done_takes_two_iterations)
{
    expect(done_already, "i=3 f\n"
                         "i=5 ('m',)\n"
                         "i=7 TimeoutError('own')\n");
}

Test(wait_for_interrupted, wait_for_a_future_that_is_done_takes_no_iteration_since_312)
{
    expect_as(312, done_already,
              "i=1 f\n"
              "i=1 ('m',)\n"
              "i=1 TimeoutError('own')\n");
}

struct says_slow {
};

static int says_slow(void *)
{
    int r = attempt(co_sleep(5));

    ev("slow");
    return r;
}

struct inner {
};

static int inner(void *)
{
    int r = attempt(co_wait_for(co_spawn(says_slow), 0.5));

    ev("inner %s", py_repr(r).s);
    return r;
}

static int nested(void *)
{
    const double limits[] = { 0.2, 1 };

    for (int i = 0; i < 2; i++) {
        int r = attempt(co_wait_for(co_spawn(inner), limits[i]));
        ev("outer %s", py_repr(r).s);
    }
    return 0;
}

Test(wait_for_interrupted, each_of_two_wait_for_raises_for_its_own_timeout)
{
    expect(nested, "t=0.2 slow\n"
                   "t=0.2 inner CancelledError()\n"
                   "t=0.2 outer TimeoutError()\n"
                   "t=0.7 slow\n"
                   "t=0.7 inner TimeoutError()\n"
                   "t=0.7 outer TimeoutError()\n");
}

struct cancels {
    co_task **target;
};

static int cancels(void *frame)
{
    await(co_sleep(0.1));
    co_cancel_with(*((const struct cancels *)frame)->target, "by job");
    return 'r';
}

struct says_args {
    co_task *task;
};

static int says_args(void *frame)
{
    int r = attempt(co_wait_for(((const struct says_args *)frame)->task, 1));

    if (r >= 0)
        evi("%c", r);
    else
        evi("w %s %u", py_args(r).s, co_cancelling(co_self()));
    return r;
}

static int cancelled_by_the_task(void *)
{
    co_task *w, *t = co_spawn(cancels, &w);

    w = co_spawn(says_args, t);
    await(co_settle(w));
    evi("%s %s", py_bool(co_cancelled(w)), py_bool(co_done(t)));
    return 0;
}

Test(wait_for_interrupted, a_task_that_cancels_its_awaiter_ends_in_time)
{
    expect(cancelled_by_the_task, "i=5 r\n"
                                  "i=7 False True\n");
}

Test(wait_for_interrupted, a_task_that_cancels_its_awaiter_cancels_it_since_312)
{
    expect_as(312, cancelled_by_the_task,
              "i=5 w ('by job',) 1\n"
              "i=7 True True\n");
}

static int task_cancelled(void *)
{
    co_task *t = co_spawn(sleeper, 5), *w = co_spawn(says_args, t);

    await(co_sleep(0.1));
    co_cancel_with(t, "child");
    await(co_settle(w));
    evi("%s %u", py_bool(co_cancelled(w)), co_cancelling(w));
    return 0;
}

Test(wait_for_interrupted, a_task_cancelled_by_another_cancels_wait_for)
{
    expect(task_cancelled, "i=7 w ('child',) 0\n"
                           "i=9 True 0\n");
}

Test(wait_for_interrupted, a_task_cancelled_by_another_cancels_wait_for_since_312)
{
    expect_as(312, task_cancelled,
              "i=6 w ('child',) 0\n"
              "i=8 True 0\n");
}

struct named {
    char name;
    double seconds;
};

static int named(void *frame)
{
    const struct named *self = frame;
    int r = attempt(co_sleep(self->seconds));

    if (r == UV_ECANCELED)
        ev("%c cancelled", self->name);
    return r;
}

static int late_gathers(void *)
{
    co_future *both =
        co_gather_future(co_spawn(named, 'A', 0.1), co_spawn(named, 'B', 5));
    int r = attempt(co_wait_for(both, 0.2));

    ev("%s", py_repr(r).s);
    co_task *tasks[] = { co_spawn(named, 'C', 0.1), co_spawn(named, 'D', 5) };
    r = attempt(co_wait_for(co_settle_futurev(tasks, 2), 0.2));
    ev("%s", py_repr(r).s);
    return 0;
}

Test(wait_for_interrupted, a_late_gather_is_cancelled_and_times_out)
{
    expect(late_gathers, "t=0.2 B cancelled\n"
                         "t=0.2 TimeoutError()\n"
                         "t=0.4 D cancelled\n"
                         "t=0.4 TimeoutError()\n");
}
