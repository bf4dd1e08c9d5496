/* timeout: what the body does meanwhile (it raises, is cancelled, spawns or gathers
 * tasks, does not wait).
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <math.h>

#include "tests/support/expect.h"

struct limited {
};

static int limited(void *)
{
    finally(co_timeout_close) co_timeout limit = co_timeout_after(0.1);

    await(co_timeout_enter(&limit));
    int r = attempt(co_timeout_leave(&limit, attempt(co_sleep(5))));
    ev("%s %s %u", py_repr(r).s, py_bool(co_timeout_expired(&limit)),
       co_cancelling(co_self()));
    return r;
}

static void cancel_outside(co_callback *self)
{
    struct future_callback *doing =
        co_container_of(self, struct future_callback, timer.callback);

    co_cancel_with(doing->future, "outside");
}

/* Cancel it at the instant of its deadline, before or after the timeout does. */
static int cancelled_at_the_limit(void *)
{
    for (int before = 0; before < 2; before++) {
        co_task *task = co_spawn(limited);
        struct future_callback cancel = { { { cancel_outside } }, task, 0 };

        if (!before)
            await(co_sleep(0));
        co_call_later(&cancel.timer, 0.1);
        int r = attempt(co_join(task));
        co_timer_cancel(&cancel.timer);
        ev("%s", py_repr(r).s);
    }
    return 0;
}

Test(timeout_body, a_cancellation_at_the_instant_of_the_timeout_stays_a_cancellation)
{
    expect(cancelled_at_the_limit, "t=0.1 CancelledError() True 1\n"
                                   "t=0.1 CancelledError()\n"
                                   "t=0.2 CancelledError('outside') True 1\n"
                                   "t=0.2 CancelledError('outside')\n");
}

static int enters_late(void)
{
    finally(co_timeout_close) co_timeout limit = co_timeout_at(0.5);

    await(co_timeout_enter(&limit));
    evi("entered");
    return attempt(co_timeout_leave(&limit, attempt(co_sleep(5))));
}

static int is_done_before(void)
{
    finally(co_timeout_close) co_timeout limit = co_timeout_at(0.5);

    await(co_timeout_enter(&limit));
    evi("done before");
    return attempt(co_timeout_leave(&limit, 0));
}

static int at(void *)
{
    await(co_sleep(1));
    ev("1.5");
    if (attempt(co_until(1.5, co_sleep(5))) == UV_ETIMEDOUT)
        ev("TimeoutError");
    if (attempt(enters_late()) == UV_ETIMEDOUT)
        evi("TimeoutError at once");
    await(co_until(CO_FOREVER, co_sleep(1)));
    ev("none");
    if (attempt(is_done_before()) == UV_ETIMEDOUT)
        evi("never");
    await(co_sleep(0));
    evi("end");
    return 0;
}

Test(timeout_body, a_timeout_in_the_past_does_not_cancel_a_body_without_a_wait)
{
    expect(at, "t=1 1.5\n"
               "t=1.5 TimeoutError\n"
               "i=5 entered\n"
               "i=7 TimeoutError at once\n"
               "t=2.5 none\n"
               "i=9 done before\n"
               "i=10 end\n");
}

static int raises_instead(void)
{
    int r = attempt(co_sleep(5));

    return r == UV_ECANCELED ? co_raise(CO_EVALUE, "instead") : r;
}

static int other_error(void *)
{
    finally(co_timeout_close) co_timeout limit = co_timeout_after(0.1);

    await(co_timeout_enter(&limit));
    int r = attempt(co_timeout_leave(&limit, attempt(raises_instead())));
    ev("%s %s %u", py_repr(r).s, py_bool(co_timeout_expired(&limit)),
       co_cancelling(co_self()));
    await(co_sleep(0.1));
    ev("goes on");
    return 0;
}

Test(timeout_body, TIMEOUT_12_an_error_raised_instead_passes_through_the_timeout)
{
    expect(other_error, "t=0.1 ValueError('instead') True 0\n"
                        "t=0.2 goes on\n");
}

static int own_error(void *)
{
    finally(co_timeout_close) co_timeout limit = co_timeout_after(1);

    await(co_timeout_enter(&limit));
    int r = attempt(co_timeout_leave(&limit, co_raise(UV_ETIMEDOUT, "own")));
    ev("%s %s", py_repr(r).s, py_bool(co_timeout_expired(&limit)));
    return 0;
}

Test(timeout_body, a_timeout_error_of_the_body_is_not_that_of_the_timeout)
{
    expect(own_error, "t=0 TimeoutError('own') False\n");
}

/* ---- what the body does --------------------------------------------------- */

static int without_waiting(double seconds)
{
    finally(co_timeout_close) co_timeout limit = co_timeout_after(seconds);

    await(co_timeout_enter(&limit));
    evi("body");
    evi("no wait");
    int r = attempt(co_timeout_leave(&limit, 0));
    evi("left %s", py_bool(co_timeout_expired(&limit)));
    return r;
}

static int no_time(void *)
{
    for (int seconds = 0; seconds >= -1; seconds--) {
        await(without_waiting(seconds));
        finally(co_timeout_close) co_timeout limit = co_timeout_after(seconds);
        await(co_timeout_enter(&limit));
        int r = attempt(co_timeout_leave(&limit, attempt(co_sleep(0))));
        evi("%s %s", py_exception(r), py_bool(co_timeout_expired(&limit)));
    }
    return 0;
}

Test(timeout_body, TIMEOUT_03_a_timeout_of_zero_cancels_a_body_that_waits)
{
    expect(no_time, "i=1 body\n"
                    "i=1 no wait\n"
                    "i=1 left False\n"
                    "i=2 TimeoutError True\n"
                    "i=2 body\n"
                    "i=2 no wait\n"
                    "i=2 left False\n"
                    "i=3 TimeoutError True\n");
}

struct limits_its_cleanup {
};

static int limits_its_cleanup(void *)
{
    int r = attempt(co_sleep(5));
    finally(co_timeout_close) co_timeout limit = co_timeout_after(1);

    await(co_timeout_enter(&limit));
    ev("in the limit %u", co_cancelling(co_self()));
    return attempt(co_timeout_leave(&limit, r));
}

static int raised_within(void *)
{
    co_task *task = co_spawn(limits_its_cleanup);

    await(co_sleep(0.1));
    co_cancel_with(task, "c");
    int r = attempt(co_join(task));
    ev("%s %u", py_args(r).s, co_cancelling(task));
    return 0;
}

Test(timeout_body, a_cancellation_raised_again_in_a_timeout_passes_through_it)
{
    expect(raised_within, "t=0.1 in the limit 1\n"
                          "t=0.1 ('c',) 1\n");
}

static int one_each(void *)
{
    const double seconds[] = { 0.05, 0.2, 0.05 };

    for (int i = 0; i < 3; i++) {
        int r = attempt(co_within(0.1, co_sleep(seconds[i])));
        ev("%s %g", r == UV_ETIMEDOUT ? "late" : "done", seconds[i]);
    }
    ev("%u", co_cancelling(co_self()));
    return 0;
}

Test(timeout_body, each_step_can_have_a_timeout)
{
    expect(one_each, "t=0.05 done 0.05\n"
                     "t=0.15 late 0.2\n"
                     "t=0.2 done 0.05\n"
                     "t=0.2 0\n");
}

struct background {
};

static int background(void *)
{
    await(co_sleep(0.3));
    ev("bg ends");
    return 0;
}

static int spawns(co_task **ret_task)
{
    *ret_task = co_spawn(background);
    return attempt(co_sleep(5));
}

static int made_within(void *)
{
    co_task *task = NULL;

    if (attempt(co_within(0.1, spawns(&task))) == UV_ETIMEDOUT)
        ev("late %s", py_bool(co_done(task)));
    return attempt(co_join(task));
}

Test(timeout_body, a_task_made_within_a_timeout_is_not_limited_by_it)
{
    expect(made_within, "t=0.1 late False\n"
                        "t=0.3 bg ends\n");
}

struct named {
    char name;
    double seconds;
};

static int named(void *frame)
{
    const struct named *self = frame;
    int r = attempt(co_sleep(self->seconds));

    ev("%c%s", self->name, r == UV_ECANCELED ? " cancelled" : "");
    return r;
}

static int gather_within(void *)
{
    int r = attempt(
        co_within(0.2, co_gather(co_spawn(named, 'A', 0.1), co_spawn(named, 'B', 1),
                                 co_spawn(named, 'C', 2))));

    ev("%s", py_repr(r).s);
    return 0;
}

Test(timeout_body, a_timeout_cancels_all_tasks_gathered_within)
{
    expect(gather_within, "t=0.1 A\n"
                          "t=0.2 B cancelled\n"
                          "t=0.2 C cancelled\n"
                          "t=0.2 TimeoutError()\n");
}
