/* core/callback.c: callbacks and timers are queued once and can be taken back. In which
 * iteration they run is in facts/loop*.c.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

static int takes_back(void *)
{
    struct ev_callback soon = EV("soon"), later = EV("later"), stays = EV("stays");

    co_call_soon(&soon.timer.callback);
    co_call_later(&later.timer, 1);
    co_call_later(&stays.timer, 1);
    co_callback_cancel(&soon.timer.callback);
    co_timer_cancel(&later.timer);
    co_timer_cancel(&later.timer); /* harmless */
    await(co_sleep(2));
    co_timer_cancel(&stays.timer);
    return 0;
}

Test(callback, that_is_taken_back_does_not_run) { expect(takes_back, "t=1 stays\n"); }

static int too_far(void *)
{
    struct ev_callback timer = EV("timer");

    line("%s", py_exception(co_call_later(&timer.timer, 1e10)));
    line("%s", py_exception(co_call_at(&timer.timer, 1e10)));
    line("%d", co_call_later(&timer.timer, CO_FOREVER));
    return 0;
}

Test(callback, beyond_the_end_of_the_clock_is_refused)
{
    expect(too_far, "ValueError\nValueError\n0\n");
}

static int of_a_closed_loop(void)
{
    static struct ev_callback soon;

    soon = EV("soon");
    await(co_close());
    line("%s", py_exception(co_call_soon(&soon.timer.callback)));
    line("%s", py_exception(co_call_later(&soon.timer, 1)));
    return 0;
}

Test(callback, of_a_closed_loop_is_refused)
{
    expect_program(of_a_closed_loop, "RuntimeError\nRuntimeError\n");
}
