/* Times far away: exact up to the end of the clock, infinite ones never, and what lies
 * between is an error. Python has no end of the clock, and no error there.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <math.h>

#include "tests/support/expect.h"

/* ---- infinity ------------------------------------------------------------ */

static int sleeps_without_end(void *)
{
    co_future never;

    co_future_init(&never);
    co_spawn(sleeper, INFINITY);
    return attempt(co_join(&never)) == UV_ECANCELED ? 0 : 1;
}

Test(loop_far_times, an_infinite_sleep_never_ends_so_that_the_run_is_a_deadlock)
{
    cr_assert(eq(int, co_run(sleeps_without_end, &(co_options){ .virtual_time = true }),
                 CO_EDEADLK));
}

static int cancels_a_sleep(void *)
{
    co_task *task = co_spawn(sleeper, INFINITY);

    int r = attempt(co_wait_for(task, 1e8));
    ev("%s", py_exception(r));
    task = co_spawn(sleeper, CO_FOREVER);
    await(co_sleep(0.5));
    co_cancel(task);
    r = attempt(co_join(task));
    ev("%s", py_exception(r));
    return 0;
}

Test(loop_far_times, an_infinite_sleep_ends_by_cancellation)
{
    expect(cancels_a_sleep, "t=1e+08 TimeoutError\n"
                            "t=1e+08 CancelledError\n");
}

static int infinite_limits(void *)
{
    struct ev_callback never = EV("never");
    int r = await(co_within(INFINITY, co_sleep(1)));

    r = await(co_until(INFINITY, co_sleep(1)));
    r = await(co_wait_for(co_spawn(sleeper, 1, 7), INFINITY));
    ev("%d", r);
    r = await(co_wait(CO_ALL_COMPLETED, INFINITY, co_spawn(sleeper, 1)));
    ev("%d", r);
    await(co_call_later(&never.timer, INFINITY));
    await(co_call_at(&never.timer, INFINITY));
    co_timer_cancel(&never.timer);
    await(co_call_later(&never.timer, INFINITY));
    await(co_sleep(5e9));
    ev("end");
    return 0;
}

Test(loop_far_times, an_infinite_limit_is_none)
{
    expect(infinite_limits, "t=3 7\n"
                            "t=4 1\n"
                            "t=5e+09 end\n");
}

/* ---- far, and exact ------------------------------------------------------ */

static int far_away(void *)
{
    int64_t before;
    struct ev_callback timer = EV("timer");

    await(co_sleep(9e9));
    before = co_now_ns();
    int r = attempt(co_within(100, co_sleep(50)));
    ev("%d %d", r, (int)((co_now_ns() - before) / 1000000000));
    before = co_now_ns();
    r = attempt(co_within(0.000001, co_sleep(50)));
    ev("%s %d ns", py_exception(r), (int)(co_now_ns() - before));
    await(co_call_at(&timer.timer, co_now() + 10));
    await(co_sleep(9));
    line("not yet");
    await(co_sleep(2));
    before = co_now_ns();
    r = attempt(co_wait_for(co_spawn(sleeper, 50), 0.25));
    ev("%s %d ns", py_exception(r), (int)(co_now_ns() - before));
    before = co_now_ns();
    await(co_wait(CO_ALL_COMPLETED, 0.000003, co_spawn(sleeper, 50)));
    ev("%d ns", (int)(co_now_ns() - before));
    before = co_now_ns();
    await(co_sleep(1e-9));
    ev("%d ns", (int)(co_now_ns() - before));
    return 0;
}

Test(loop_far_times, lengths_are_exact_far_from_the_beginning)
{
    expect(far_away, "t=9e+09 0 50\n"
                     "t=9e+09 TimeoutError 1000 ns\n"
                     "not yet\n"
                     "t=9e+09 timer\n"
                     "t=9e+09 TimeoutError 250000000 ns\n"
                     "t=9e+09 3000 ns\n"
                     "t=9e+09 1 ns\n");
}

/* ---- beyond the end of the clock ----------------------------------------- */

static void show(const char *what, int r)
{
    ev("%s %s: %s", what, py_exception(r), r < 0 ? co_why() : "");
}

static int body(void)
{
    line("not to be seen");
    return 0;
}

static int too_far(void *)
{
    struct ev_callback never = EV("never");
    co_task *task = co_spawn(sleeper, 1);
    finally(co_timeout_close) co_timeout limit = co_timeout_after(5);

    show("sleep", attempt(co_sleep(1e10)));
    show("call_later", co_call_later(&never.timer, 1e300));
    show("call_at", co_call_at(&never.timer, 9223372037.0));
    co_timer_cancel(&never.timer);
    show("within", attempt(co_within(1e10, body())));
    show("until", attempt(co_until(1e10, body())));
    show("wait_for", attempt(co_wait_for(task, 1e10)));
    show("wait", attempt(co_wait(CO_ALL_COMPLETED, 1e10, task)));
    await(co_timeout_enter(&limit));
    show("reschedule", co_timeout_reschedule(&limit, 1e10));
    show("busy", co_block(1e10));
    ev("%g %s", co_timeout_when(&limit), py_bool(co_done(task)));
    co_timeout_close(&limit);
    await(co_sleep(9e9));
    show("sleep", attempt(co_sleep(1e9)));
    return 0;
}

Test(loop_far_times, what_the_clock_cannot_show_is_an_error)
{
    expect(too_far,
           "t=0 sleep ValueError: 1e+10 s: too far, the clock ends at 9223372036 s\n"
           "t=0 call_later ValueError: 1e+300 s: too far, the clock ends at "
           "9223372036 s\n"
           "t=0 call_at ValueError: 9.22337e+09 s: too far, the clock ends at "
           "9223372036 s\n"
           "t=0 within ValueError: 1e+10 s: too far, the clock ends at 9223372036 s\n"
           "t=0 until ValueError: 1e+10 s: too far, the clock ends at 9223372036 s\n"
           "t=0 wait_for ValueError: 1e+10 s: too far, the clock ends at 9223372036 s\n"
           "t=0 wait ValueError: 1e+10 s: too far, the clock ends at 9223372036 s\n"
           "t=0 reschedule ValueError: 1e+10 s: too far, the clock ends at "
           "9223372036 s\n"
           "t=0 busy ValueError: 1e+10 s: too far, the clock ends at 9223372036 s\n"
           "t=0 5 False\n"
           "t=9e+09 sleep ValueError: 1e+09 s: too far, the clock ends at "
           "9223372036 s\n");
}

static int as_completed_too_far(void *)
{
    co_task *task = co_spawn(sleeper, 1), *first;
    finally(co_as_completed_finish) co_as_completed completed;

    co_as_completed_init(&completed, &task, 1, 1e10);
    show("next", attempt(co_as_completed_next(&completed, &first)));
    ev("%s", py_bool(first == NULL));
    return 0;
}

Test(loop_far_times, as_completed_says_so_when_it_begins)
{
    expect(as_completed_too_far,
           "t=0 next ValueError: 1e+10 s: too far, the clock ends at 9223372036 s\n"
           "t=0 True\n");
}
