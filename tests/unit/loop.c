/* loop.h: callbacks, timers and the clock. How the loop behaves in asyncio, to the
 * iteration, is in the facts/loop*.c; the loop run by hand is loop_run.c here.
 */
#include <criterion/criterion.h>

#include "tests/support/expect.h"

static int callbacks(void *)
{
    struct ev_callback first = EV("first"), second = EV("second"), third = EV("third");

    line("%d", co_call_soon(&first.timer.callback));
    co_call_soon(&second.timer.callback);
    co_call_soon(&third.timer.callback);
    co_callback_cancel(&second.timer.callback);
    co_callback_cancel(&second.timer.callback);
    await(co_sleep(0));
    line("main");
    return 0;
}

Test(loop, runs_callbacks_in_order_without_those_cancelled)
{
    expect(callbacks, "0\n"
                      "t=0 first\n"
                      "t=0 third\n"
                      "main\n");
}

static int timers(void *)
{
    struct ev_callback late = EV("late"), soon = EV("soon"), at = EV("at 2"),
                       never = EV("never"), past = EV("at once");

    line("%d %d", co_call_later(&late.timer, 3), co_call_at(&at.timer, 2));
    co_call_later(&soon.timer, 1);
    co_call_later(&never.timer, 1);
    co_call_later(&past.timer, -1);
    co_timer_cancel(&never.timer);
    co_timer_cancel(&never.timer);
    await(co_sleep(4));
    return 0;
}

Test(loop, runs_timers_by_deadline)
{
    expect(timers, "0 0\n"
                   "t=0 at once\n"
                   "t=1 soon\n"
                   "t=2 at 2\n"
                   "t=3 late\n");
}

static int tells_the_time(void *)
{
    ev("start");
    co_block(1.5);
    ev("computed");
    co_block(0);
    line("%s", py_repr(co_block(-1)).s);
    line("%lld", (long long)co_now_ns());
    return 0;
}

Test(loop, has_a_clock_that_advances_while_a_task_computes)
{
    expect(tells_the_time, "t=0 start\n"
                           "t=1.5 computed\n"
                           "ValueError('sleep length must be non-negative')\n"
                           "1500000000\n");
}

static int inside(void *)
{
    line("%s %s", py_bool(co_is_running()), py_bool(co_get_loop() != NULL));
    return 0;
}

static int between_runs(void)
{
    line("%s", py_bool(co_is_running()));
    return co_run(inside, NULL);
}

Test(loop, runs_only_inside_a_run)
{
    cr_assert(co_get_loop() == NULL);
    expect_program(between_runs, "False\n"
                                 "True True\n");
}
