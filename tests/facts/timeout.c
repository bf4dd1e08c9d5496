/* timeout: a limit on a part of the running task. Zero, errors and cleanups are in
 * timeout_edges.c, a moved deadline in timeout_reschedule.c, timeouts inside each other
 * in timeout_nested.c.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>

#include "tests/support/expect.h"

static int timeout_01(void *)
{
    finally(co_timeout_close) co_timeout limit = co_timeout_after(0.2);
    await(co_timeout_enter(&limit));
    int body = attempt(co_sleep(10));
    ev("body sees %s expired %s", py_repr(body).s, py_bool(co_timeout_expired(&limit)));

    int r = attempt(co_timeout_leave(&limit, body));
    ev("outside: %s cause %s", py_repr(r).s,
       py_repr_error(co_error_context(co_error_now())).s);
    ev("expired %s cancelling %u", py_bool(co_timeout_expired(&limit)),
       co_cancelling(co_self()));
    return 0;
}

Test(timeout, TIMEOUT_01_the_cancellation_it_causes_becomes_a_timeout)
{
    expect(timeout_01, "t=0.2 body sees CancelledError() expired True\n"
                       "t=0.2 outside: TimeoutError() cause CancelledError()\n"
                       "t=0.2 expired True cancelling 0\n");
}

static int timeout_02(void *)
{
    struct ev_callback other = EVI("other callback");
    finally(co_timeout_close) co_timeout limit = co_timeout_after(1);

    co_call_soon(&other.timer.callback);
    await(co_timeout_enter(&limit));
    evi("body");
    await(co_timeout_leave(&limit, 0));
    evi("after %s", py_bool(co_timeout_expired(&limit)));
    await(co_sleep(2));
    ev("end");
    return 0;
}

Test(timeout, TIMEOUT_02_a_body_in_time_leaves_no_trace)
{
    expect(timeout_02, "i=1 body\n"
                       "i=1 after False\n"
                       "i=2 other callback\n"
                       "t=2 end\n");
}

struct computes {
};

static int computes(void *)
{
    co_block(0.5);
    await(co_sleep(0));
    ev("resumed after sleep(0)");
    await(co_sleep(0));
    ev("resumed after second sleep(0)");
    return 0;
}

static int timeout_04(void *)
{
    finally(co_timeout_close) co_timeout limit = co_timeout_after(0.1);
    await(co_timeout_enter(&limit));
    co_block(0.5);
    await(co_timeout_leave(&limit, 0));
    ev("no error, expired %s", py_bool(co_timeout_expired(&limit)));

    int r = attempt(co_within(0.1, co_call(computes)));
    if (r == UV_ETIMEDOUT)
        ev("%s", py_exception(r));
    return 0;
}

Test(timeout, TIMEOUT_04_computing_too_long_is_noticed_at_the_next_wait)
{
    expect(timeout_04, "t=0.5 no error, expired False\n"
                       "t=1 resumed after sleep(0)\n"
                       "t=1 TimeoutError\n");
}

static int timeout_07(void *)
{
    finally(co_timeout_close) co_timeout outer = co_timeout_after(1);
    finally(co_timeout_close) co_timeout inner = co_timeout_after(0.1);

    await(co_timeout_enter(&outer));
    await(co_timeout_enter(&inner));
    int r = attempt(co_sleep(5));
    r = attempt(co_timeout_leave(&inner, r));
    if (r == UV_ETIMEDOUT)
        ev("inner TimeoutError");
    r = attempt(co_sleep(0.1));
    ev("still in outer");
    await(co_timeout_leave(&outer, r));
    ev("inner/outer expired %s %s", py_bool(co_timeout_expired(&inner)),
       py_bool(co_timeout_expired(&outer)));
    return 0;
}

Test(timeout, TIMEOUT_07_the_inner_timeout_expires_without_the_outer)
{
    expect(timeout_07, "t=0.1 inner TimeoutError\n"
                       "t=0.2 still in outer\n"
                       "t=0.2 inner/outer expired True False\n");
}

static int timeout_08(void *)
{
    finally(co_timeout_close) co_timeout outer = co_timeout_after(0.1);
    finally(co_timeout_close) co_timeout inner = co_timeout_after(1);

    await(co_timeout_enter(&outer));
    await(co_timeout_enter(&inner));
    int r = attempt(co_sleep(5));
    r = attempt(co_timeout_leave(&inner, r));
    ev("leaving inner: %s", py_exception(r));
    r = attempt(co_timeout_leave(&outer, r));
    if (r == UV_ETIMEDOUT)
        ev("outer TimeoutError");
    ev("inner/outer expired %s %s", py_bool(co_timeout_expired(&inner)),
       py_bool(co_timeout_expired(&outer)));
    return 0;
}

Test(timeout, TIMEOUT_08_the_outer_timeout_passes_through_the_inner_as_a_cancellation)
{
    expect(timeout_08, "t=0.1 leaving inner: CancelledError\n"
                       "t=0.1 outer TimeoutError\n"
                       "t=0.1 inner/outer expired False True\n");
}

struct cleaned_twice {
};

static int cleaned_twice(void *)
{
    finally(co_timeout_close) co_timeout limit = co_timeout_after(0.2);
    await(co_timeout_enter(&limit));
    int r = attempt(co_sleep(10));
    ev("cleanup");
    r = attempt(co_sleep(10)); /* the timeout cancels here */
    ev("cleanup interrupted; expired %s", py_bool(co_timeout_expired(&limit)));
    r = attempt(co_timeout_leave(&limit, r));
    ev("left the block with %s cancelling %u", py_exception(r),
       co_cancelling(co_self()));
    return r;
}

static int timeout_10(void *)
{
    co_task *task = co_spawn(cleaned_twice);

    await(co_sleep(0.1));
    co_cancel(task);
    await(co_settle(task));
    ev("cancelled %s", py_bool(co_cancelled(task)));
    return 0;
}

Test(timeout, TIMEOUT_10_a_cancellation_by_another_task_stays_a_cancellation)
{
    expect(timeout_10, "t=0.1 cleanup\n"
                       "t=0.2 cleanup interrupted; expired True\n"
                       "t=0.2 left the block with CancelledError cancelling 1\n"
                       "t=0.2 cancelled True\n");
}

static int timeout_11(void *)
{
    finally(co_timeout_close) co_timeout limit = co_timeout_after(0.1);

    await(co_timeout_enter(&limit));
    if (attempt(co_sleep(10)) == UV_ECANCELED)
        ev("swallowed");
    await(co_timeout_leave(&limit, 0));
    ev("after block: expired %s cancelling %u", py_bool(co_timeout_expired(&limit)),
       co_cancelling(co_self()));
    await(co_sleep(0.1));
    ev("still fine");
    return 0;
}

Test(timeout, TIMEOUT_11_a_cancellation_swallowed_is_no_timeout)
{
    expect(timeout_11, "t=0.1 swallowed\n"
                       "t=0.1 after block: expired True cancelling 0\n"
                       "t=0.2 still fine\n");
}

struct cleaned {
};

static int cleaned(void *)
{
    int r = attempt(co_sleep(10));

    ev("cleanup starts");
    await(co_sleep(0.5));
    ev("cleanup ends");
    return r;
}

static int timeout_14(void *)
{
    int r = attempt(co_within(0.1, co_call(cleaned)));

    ev("%s", py_exception(r));
    return 0;
}

Test(timeout, TIMEOUT_14_it_cancels_once_and_waits_for_the_cleanup)
{
    expect(timeout_14, "t=0.1 cleanup starts\n"
                       "t=0.6 cleanup ends\n"
                       "t=0.6 TimeoutError\n");
}

struct job {
};

static int job(void *)
{
    int r = attempt(co_sleep(10));

    if (r == UV_ECANCELED) {
        ev("job cancelled");
        await(co_sleep(0.2));
        ev("job cleanup done");
    }
    return r;
}

static int timeout_16(void *)
{
    co_task *task = co_spawn(job);

    if (attempt(co_within(0.1, co_join(task))) == UV_ETIMEDOUT)
        ev("TimeoutError; task cancelled %s", py_bool(co_cancelled(task)));
    return 0;
}

Test(timeout, TIMEOUT_16_the_task_awaited_is_cancelled_and_waited_for)
{
    expect(timeout_16, "t=0.1 job cancelled\n"
                       "t=0.3 job cleanup done\n"
                       "t=0.3 TimeoutError; task cancelled True\n");
}

struct sleeps {
};

static int sleeps(void *)
{
    await(co_sleep(0.2));
    ev("sleep ended");
    return 0;
}

static int timeout_17(void *)
{
    if (attempt(co_within(0.2, co_call(sleeps))) == UV_ETIMEDOUT)
        ev("TimeoutError (deadline timer older)");

    finally(co_future_finish) co_future future;
    struct future_callback set = SET(&future, 'r');
    co_future_init(&future);
    co_call_later(&set.timer, 0.2);
    int r = attempt(co_within(0.2, co_join(&future)));
    if (r == UV_ETIMEDOUT)
        ev("TimeoutError although the future has %c (deadline timer younger)",
           co_result(&future));
    else
        ev("%c", r);

    co_task *task = co_spawn(sleeper, 0.2, 'r');
    await(co_sleep(0));
    r = attempt(co_within(0.2, co_join(task)));
    if (r == UV_ETIMEDOUT)
        ev("TimeoutError; task cancelled %s", py_bool(co_cancelled(task)));
    else
        ev("%c", r);
    return 0;
}

Test(timeout, TIMEOUT_17_at_the_same_instant_the_timeout_always_wins)
{
    expect(timeout_17,
           "t=0.2 TimeoutError (deadline timer older)\n"
           "t=0.4 TimeoutError although the future has r (deadline timer younger)\n"
           "t=0.6 TimeoutError; task cancelled True\n");
}

struct cancels_itself {
    double seconds;
};

static int cancels_itself(void *frame)
{
    const struct cancels_itself *self = frame;

    co_cancel(co_self());
    int r = attempt(co_within(self->seconds, co_sleep(1)));
    ev("timeout %g -> %s", self->seconds, py_exception(r));
    if (r == UV_ECANCELED)
        return r;
    await(co_sleep(0.1));
    ev("not cancelled");
    return 0;
}

static int timeout_19(void *)
{
    const double limits[] = { 0, 0.5 };

    for (int i = 0; i < 2; i++) {
        co_task *task = co_spawn(cancels_itself, limits[i]);
        await(co_settle(task));
        ev("cancelled %s", py_bool(co_cancelled(task)));
    }
    return 0;
}

Test(timeout, TIMEOUT_19_a_timeout_of_zero_swallows_a_pending_request)
{
    expect(timeout_19, "t=0 timeout 0 -> TimeoutError\n"
                       "t=0.1 not cancelled\n"
                       "t=0.1 cancelled False\n"
                       "t=0.1 timeout 0.5 -> CancelledError\n"
                       "t=0.1 cancelled True\n");
}

struct bar {
};

static int bar(void *)
{
    while (attempt(co_sleep(10)) != UV_ECANCELED)
        continue;
    ev("bar() cancelled, returns");
    return 1;
}

static int timeout_20(void *)
{
    co_task *task = co_spawn(bar);
    finally(co_timeout_close) co_timeout limit = co_timeout_after(0.2);

    await(co_timeout_enter(&limit));
    int r = attempt(co_join(task));
    if (r == 1)
        ev("await returned bar value");
    r = attempt(co_timeout_leave(&limit, r));
    if (r == UV_ETIMEDOUT)
        ev("TimeoutError (does not happen)");
    ev("end; expired %s cancelling %u", py_bool(co_timeout_expired(&limit)),
       co_cancelling(co_self()));
    return 0;
}

Test(timeout, TIMEOUT_20_a_task_that_swallows_the_cancellation_hides_the_timeout)
{
    expect(timeout_20, "t=0.2 bar() cancelled, returns\n"
                       "t=0.2 await returned bar value\n"
                       "t=0.2 end; expired True cancelling 0\n");
}
