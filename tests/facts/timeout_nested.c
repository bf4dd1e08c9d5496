/* timeout inside timeout or wait_for, and requests that are uncancelled inside. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

/* ---- nested -------------------------------------------------------------- */

static int same_instant(void *)
{
    finally(co_timeout_close) co_timeout outer = co_timeout_after(0.1);
    finally(co_timeout_close) co_timeout inner = co_timeout_after(0.1);

    await(co_timeout_enter(&outer));
    await(co_timeout_enter(&inner));
    int r = attempt(co_timeout_leave(&inner, attempt(co_sleep(5))));
    ev("inner %s %s %s", py_repr(r).s, py_bool(co_timeout_expired(&inner)),
       py_bool(co_timeout_expired(&outer)));
    r = attempt(co_timeout_leave(&outer, r));
    ev("outer %s %s %s %u", py_repr(r).s, py_bool(co_timeout_expired(&inner)),
       py_bool(co_timeout_expired(&outer)), co_cancelling(co_self()));
    return 0;
}

Test(timeout_nested, of_two_timeouts_at_one_instant_the_outer_one_raises)
{
    expect(same_instant, "t=0.1 inner CancelledError() True True\n"
                         "t=0.1 outer TimeoutError() True True 0\n");
}

static int goes_on(void)
{
    if (attempt(co_within(0.1, co_sleep(5))) == UV_ETIMEDOUT)
        ev("inner");
    return attempt(co_sleep(5));
}

static int one_after_the_other(void *)
{
    if (attempt(co_within(0.3, goes_on())) == UV_ETIMEDOUT)
        ev("outer %u", co_cancelling(co_self()));
    return 0;
}

Test(timeout_nested, after_the_inner_timeout_the_outer_one_is_still_active)
{
    expect(one_after_the_other, "t=0.1 inner\n"
                                "t=0.3 outer 0\n");
}

static int three(void *)
{
    finally(co_timeout_close) co_timeout a = co_timeout_after(3);
    finally(co_timeout_close) co_timeout b = co_timeout_after(0.1);
    finally(co_timeout_close) co_timeout c = co_timeout_after(2);

    await(co_timeout_enter(&a));
    await(co_timeout_enter(&b));
    await(co_timeout_enter(&c));
    int r = attempt(co_timeout_leave(&c, attempt(co_sleep(9))));
    ev("c %s %u", py_repr(r).s, co_cancelling(co_self()));
    r = attempt(co_timeout_leave(&b, r));
    ev("b %s %u", py_repr(r).s, co_cancelling(co_self()));
    r = attempt(co_timeout_leave(&a, r));
    ev("a %s %s %s %s", py_repr(r).s, py_bool(co_timeout_expired(&a)),
       py_bool(co_timeout_expired(&b)), py_bool(co_timeout_expired(&c)));
    return 0;
}

Test(timeout_nested, of_three_timeouts_the_expired_one_raises)
{
    expect(three, "t=0.1 c CancelledError() 1\n"
                  "t=0.1 b TimeoutError() 0\n"
                  "t=0.1 a TimeoutError() False True False\n");
}

struct slow {
};

static int slow(void *)
{
    int r = attempt(co_sleep(5));

    ev("slow cancelled");
    await(co_sleep(0.3));
    return r;
}

static int waits_for_it(void)
{
    int r = attempt(co_wait_for(co_spawn(slow), 1));

    ev("wait_for %s", py_repr(r).s);
    return r;
}

static int wait_for_within(void *)
{
    if (attempt(co_within(0.1, waits_for_it())) == UV_ETIMEDOUT)
        ev("TimeoutError");
    return 0;
}

Test(timeout_nested, a_timeout_passes_through_wait_for_as_a_cancellation)
{
    expect(wait_for_within, "t=0.1 slow cancelled\n"
                            "t=0.4 wait_for CancelledError()\n"
                            "t=0.4 TimeoutError\n");
}

struct job {
};

static int job(void *)
{
    int r = attempt(co_within(1, co_sleep(5)));

    ev("job %s", py_repr(r).s);
    return r;
}

static int within_wait_for(void *)
{
    if (attempt(co_wait_for(co_spawn(job), 0.1)) == UV_ETIMEDOUT)
        ev("TimeoutError");
    int r = attempt(co_wait_for(co_spawn(job), 2));
    ev("own %s", py_repr(r).s);
    return 0;
}

Test(timeout_nested, wait_for_passes_through_a_timeout_as_a_cancellation)
{
    expect(within_wait_for, "t=0.1 job CancelledError()\n"
                            "t=0.1 TimeoutError\n"
                            "t=1.1 job TimeoutError()\n"
                            "t=1.1 own TimeoutError()\n");
}

/* ---- requests ------------------------------------------------------------ */

/* A cleanup with a timeout of its own. */
struct cleans_up {
};

static int cleans_up(void *)
{
    int r = attempt(co_sleep(5));
    co_error *why = co_error_keep(co_error_now());

    if (attempt(co_within(0.1, co_sleep(5))) == UV_ETIMEDOUT)
        ev("cleanup too long %u", co_cancelling(co_self()));
    if (r < 0)
        r = co_error_raise(why);
    co_error_drop(why);
    return r;
}

static int limited_cleanup(void *)
{
    co_task *task = co_spawn(cleans_up);

    await(co_sleep(0.1));
    co_cancel_with(task, "stop");
    int r = attempt(co_join(task));
    ev("%s %u", py_args(r).s, co_cancelling(task));
    return 0;
}

Test(timeout_nested, TIMEOUT_18_a_cleanup_can_have_a_timeout)
{
    expect(limited_cleanup, "t=0.2 cleanup too long 1\n"
                            "t=0.2 ('stop',) 1\n");
}

struct asked_before {
};

static int asked_before(void *)
{
    finally(co_timeout_close) co_timeout limit = co_timeout_after(0.1);

    co_cancel_with(co_self(), "before");
    await(co_timeout_enter(&limit));
    int r = attempt(co_timeout_leave(&limit, attempt(co_sleep(5))));
    ev("%s %s %u", py_repr(r).s, py_bool(co_timeout_expired(&limit)),
       co_cancelling(co_self()));
    return 0;
}

static int on_its_way(void *) { return attempt(co_join(co_spawn(asked_before))); }

Test(timeout_nested, a_pending_request_passes_through_a_timeout)
{
    expect(on_its_way, "t=0 CancelledError('before') False 1\n");
}

struct uncancels {
};

static int uncancels(void *)
{
    for (int i = 0; i < 2; i++) {
        int r = attempt(co_sleep(5));
        unsigned before = co_cancelling(co_self()), after = co_uncancel(co_self());
        ev("%d %s %u %u", i, py_args(r).s, before, after);
    }
    ev("%u", co_uncancel(co_self()));
    return 'r';
}

static int taken_back(void *)
{
    co_task *task = co_spawn(uncancels);

    await(co_sleep(0.1));
    co_cancel_with(task, "a");
    co_cancel_with(task, "b");
    await(co_sleep(0.1));
    co_cancel_with(task, "c");
    int r = await(co_join(task));
    ev("%c %u", r, co_cancelling(task));
    return 0;
}

Test(timeout_nested, requests_are_counted_and_uncancelled_one_by_one)
{
    expect(taken_back, "t=0.1 0 ('a',) 2 1\n"
                       "t=0.2 1 ('c',) 2 1\n"
                       "t=0.2 0\n"
                       "t=0.2 r 0\n");
}

static int survives_the_first(void)
{
    if (attempt(co_sleep(5)) == UV_ECANCELED)
        ev("first %u", co_uncancel(co_self()));
    return attempt(co_sleep(5));
}

struct survivor {
};

static int survivor(void *)
{
    finally(co_timeout_close) co_timeout limit = co_timeout_after(0.2);

    await(co_timeout_enter(&limit));
    int r = attempt(co_timeout_leave(&limit, attempt(survives_the_first())));
    ev("%s %u %s", py_exception(r), co_cancelling(co_self()),
       py_bool(co_timeout_expired(&limit)));
    return 0;
}

static int others_request(void *)
{
    co_task *task = co_spawn(survivor);

    await(co_sleep(0.1));
    co_cancel(task);
    await(co_join(task));
    ev("%s", py_bool(co_cancelled(task)));
    return 0;
}

Test(timeout_nested, a_request_uncancelled_in_a_timeout_leaves_that_of_the_timeout)
{
    expect(others_request, "t=0.1 first 0\n"
                           "t=0.2 TimeoutError 0 True\n"
                           "t=0.2 False\n");
}

static int takes_it_back(void)
{
    int r = attempt(co_sleep(5));

    ev("%u", co_uncancel(co_self()));
    return r;
}

struct takes_the_item {
};

static int takes_the_item(void *)
{
    int r = attempt(co_within(0.1, takes_it_back()));

    ev("%s %u", py_exception(r), co_cancelling(co_self()));
    return 0;
}

static int the_limits_own(void *) { return attempt(co_join(co_spawn(takes_the_item))); }

Test(timeout_nested, a_timeout_whose_request_is_uncancelled_expires_anyway)
{
    expect(the_limits_own, "t=0.1 0\n"
                           "t=0.1 TimeoutError 0\n");
}
