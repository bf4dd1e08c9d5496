/* core/loop_run.c: return codes of the loop run by hand. How it behaves in asyncio is
 * in facts/loop_by_hand.c, facts/loop_stop.c and facts/loop_close.c.
 */
#include <criterion/criterion.h>

#include "tests/support/expect.h"

static int until_complete(void)
{
    co_future never;

    co_future_init(&never);
    line("%d", co_run_until_complete(co_spawn(sleeper, 1, 7)));
    ev("%s", py_exception(co_run_until_complete(&never)));
    co_stop();
    line("%s", py_repr(co_run_until_complete(&never)).s);
    return co_close();
}

Test(loop_run, runs_until_a_future_is_done)
{
    expect_program(until_complete,
                   "7\n"
                   "t=1 DEADLOCK (nothing ready, no timer: the loop would block "
                   "forever)\n"
                   "t=1 deadlock\n"
                   "RuntimeError('Event loop stopped before Future completed.')\n");
}

static void stop(co_callback *)
{
    ev("stop");
    co_stop();
}

static int until_stopped(void)
{
    co_timer timer = { { stop } };

    co_call_later(&timer, 2);
    line("%d", co_run_forever());
    ev("%d", co_close());
    return 0;
}

Test(loop_run, runs_until_it_is_stopped)
{
    expect_program(until_stopped, "t=2 stop\n"
                                  "0\n"
                                  "t=2 0\n");
}

static int closed(void)
{
    struct ev_callback callback = EV("not reached");

    line("%s", py_bool(co_is_closed()));
    line("%d %d", co_close(), co_close());
    line("%s", py_bool(co_is_closed()));
    line("%s", py_exception(co_call_soon(&callback.timer.callback)));
    line("%s", py_repr(co_run_forever()).s);
    return 0;
}

Test(loop_run, refuses_work_once_it_is_closed)
{
    expect_program(closed, "False\n"
                           "0 0\n"
                           "True\n"
                           "RuntimeError\n"
                           "RuntimeError('Event loop is closed')\n");
}

static int nested(void *)
{
    line("%s", py_repr(co_run_forever()).s);
    line("%s", py_repr(co_close()).s);
    return 0;
}

Test(loop_run, cannot_run_or_close_a_loop_that_runs)
{
    expect(nested, "RuntimeError('This event loop is already running')\n"
                   "RuntimeError('Cannot close a running event loop')\n");
}

struct asks_from_a_thread {
};

static int asks_from_a_thread(void *) { return co_is_closed(); }

static int open_in_a_thread(void *)
{
    line("%s", py_bool(co_is_closed()));
    line("%s", py_bool(await(co_thread(asks_from_a_thread))));
    return 0;
}

Test(loop_run, is_not_closed_in_a_thread_of_an_executor)
{
    expect(open_in_a_thread, "False\n"
                             "False\n");
}
