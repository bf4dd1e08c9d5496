/* timeout: its deadline moved, also by a callback or into the past, and wrong uses. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <math.h>

#include "tests/support/expect.h"

static int moves_it(co_timeout *limit)
{
    ev("when %s", isinf(co_timeout_when(limit)) ? "None" : "set");
    await(co_sleep(0.5));
    await(co_timeout_reschedule(limit, co_now() + 0.2));
    ev("rescheduled");
    await(co_sleep(0.1));
    await(co_timeout_reschedule(limit, co_now() + 0.3));
    ev("pushed back");
    return await(co_sleep(10));
}

static int timeout_05(void *)
{
    finally(co_timeout_close) co_timeout limit = co_timeout_after(CO_FOREVER);

    await(co_timeout_enter(&limit));
    int r = attempt(co_timeout_leave(&limit, attempt(moves_it(&limit))));
    if (r == UV_ETIMEDOUT)
        ev("%s", py_exception(r));
    return 0;
}

Test(timeout_reschedule,
     TIMEOUT_05_without_a_deadline_it_never_expires_until_one_is_set)
{
    expect(timeout_05, "t=0 when None\n"
                       "t=0.5 rescheduled\n"
                       "t=0.6 pushed back\n"
                       "t=0.9 TimeoutError\n");
}

static void show(int r) { line("%s: %s", py_exception(r), co_why()); }

static void enter_outside(co_callback *)
{
    co_timeout limit = co_timeout_after(1);

    show(co_timeout_enter(&limit));
}

static int timeout_13(void *)
{
    co_timeout twice = co_timeout_after(1), none = co_timeout_after(0);
    co_callback outside = { enter_outside };

    show(co_timeout_reschedule(&twice, 2));
    await(co_timeout_enter(&twice));
    show(co_timeout_enter(&twice));
    await(co_timeout_leave(&twice, 0));
    show(co_timeout_reschedule(&twice, 2));

    await(co_timeout_enter(&none));
    if (attempt(co_timeout_leave(&none, attempt(co_sleep(1)))) == UV_ETIMEDOUT)
        show(co_timeout_reschedule(&none, 2));
    co_call_soon(&outside);
    return attempt(co_sleep(0));
}

Test(timeout_reschedule, TIMEOUT_13_wrong_use_is_refused_with_a_reason)
{
    expect(timeout_13, "RuntimeError: Timeout has not been entered\n"
                       "RuntimeError: Timeout has already been entered\n"
                       "RuntimeError: Cannot change state of finished Timeout\n"
                       "RuntimeError: Cannot change state of expired Timeout\n"
                       "RuntimeError: Timeout should be used inside a task\n");
}

static int moves_to_the_past(co_timeout *limit)
{
    await(co_sleep(0.1));
    await(co_timeout_reschedule(limit, 0.05));
    evi("%s %g", py_bool(co_timeout_expired(limit)), co_timeout_when(limit));
    await(co_sleep(0));
    evi("never");
    return 0;
}

static int moved_to_the_past(void *)
{
    finally(co_timeout_close) co_timeout limit = co_timeout_after(5);

    await(co_timeout_enter(&limit));
    int r = attempt(co_timeout_leave(&limit, attempt(moves_to_the_past(&limit))));
    evi("%s", py_exception(r));
    return 0;
}

Test(timeout_reschedule, a_timeout_moved_to_the_past_cancels_in_the_next_iteration)
{
    expect(moved_to_the_past, "i=3 False 0.05\n"
                              "i=4 TimeoutError\n");
}

struct mover {
    co_timer timer;
    co_timeout *limit;
};

static void move(co_callback *self)
{
    co_timeout_reschedule(co_container_of(self, struct mover, timer.callback)->limit,
                          1);
}

static int outlives_it(co_timeout *limit)
{
    await(co_sleep(0.5));
    ev("in time");
    await(co_timeout_reschedule(limit, CO_FOREVER));
    ev("%s", isinf(co_timeout_when(limit)) ? "None" : "set");
    await(co_sleep(1));
    ev("still");
    return 0;
}

static int saved(void *)
{
    finally(co_timeout_close) co_timeout limit = co_timeout_after(0.1);
    struct mover mover = { { { move } }, &limit };

    co_call_later(&mover.timer, 0.05);
    await(co_timeout_enter(&limit));
    await(co_timeout_leave(&limit, attempt(outlives_it(&limit))));
    ev("%s", py_bool(co_timeout_expired(&limit)));
    return 0;
}

Test(timeout_reschedule, a_callback_can_move_a_timeout_and_the_body_end_it)
{
    expect(saved, "t=0.5 in time\n"
                  "t=0.5 None\n"
                  "t=1.5 still\n"
                  "t=1.5 False\n");
}

static int moves_when_expired(co_timeout *limit)
{
    int r = attempt(co_sleep(5));
    co_error *why = co_error_keep(co_error_now());

    if (co_timeout_reschedule(limit, 3) == CO_ERUNTIME)
        ev("%s", co_why());
    if (r < 0)
        r = co_error_raise(why);
    co_error_drop(why);
    return r;
}

static int moved_too_late(void *)
{
    finally(co_timeout_close) co_timeout limit = co_timeout_after(0.1);

    await(co_timeout_enter(&limit));
    int r = attempt(co_timeout_leave(&limit, attempt(moves_when_expired(&limit))));
    ev("%s", py_exception(r));
    return 0;
}

Test(timeout_reschedule, a_timeout_that_has_expired_cannot_be_moved)
{
    expect(moved_too_late, "t=0.1 Cannot change state of expiring Timeout\n"
                           "t=0.1 TimeoutError\n");
}
