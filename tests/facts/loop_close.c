/* A closed loop: what it refuses, and what happens to tasks that never ran. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

static void say_why(int r)
{
    if (r < 0)
        ev("%s", co_why());
}

static int closed(void)
{
    struct ev_callback never = EV("never");
    co_timer timer = { never.timer.callback };
    co_future future;

    co_future_init(&future);
    co_call_soon(&never.timer.callback);
    await(co_close());
    await(co_close());
    say_why(co_call_soon(&timer.callback));
    say_why(co_call_later(&timer, 1));
    say_why(co_call_at(&timer, 1));
    say_why(co_run_forever());
    say_why(co_run_until_complete(&future));
    ev("%s", py_bool(co_is_running()));
    return 0;
}

Test(loop_close, LOOP_21_a_closed_loop_refuses_all_calls)
{
    expect_program(closed, "t=0 Event loop is closed\n"
                           "t=0 Event loop is closed\n"
                           "t=0 Event loop is closed\n"
                           "t=0 Event loop is closed\n"
                           "t=0 Event loop is closed\n"
                           "t=0 False\n");
}

static int closes(void *)
{
    say_why(co_close());
    return 0;
}

Test(loop_close, LOOP_21_a_loop_that_runs_cannot_be_closed)
{
    expect(closes, "t=0 Cannot close a running event loop\n");
}

static int closes_and_ends(void *)
{
    say_why(co_close());
    return 1;
}

static int nothing(void *)
{
    ev("a run of its own");
    return 0;
}

static int closed_after_a_run(void)
{
    static struct ev_callback soon;
    co_future future;

    soon = EV("never");
    int r = await(co_run(closes_and_ends, NULL));
    ev("%d", r);
    co_future_init(&future);
    co_future_set(&future, 1);
    await(co_close());
    ev("%d", co_result(&future));
    co_stop();
    say_why(co_call_soon(&soon.timer.callback));
    return await(co_run(nothing, NULL));
}

/* A future that is done can still be asked for its result, and another run makes a
 * loop.
 */
Test(loop_close, LOOP_21_after_the_close_a_run_is_another_loop)
{
    expect_program(closed_after_a_run, "t=0 Cannot close a running event loop\n"
                                       "t=0 1\n"
                                       "t=0 1\n"
                                       "t=0 Event loop is closed\n"
                                       "t=0 a run of its own\n");
}

struct never {
};

static int never(void *)
{
    ev("never");
    return 0;
}

static int never_run(void)
{
    co_spawn(never);
    await(co_close());
    ev("closed");
    return 0;
}

/* CPython reports the task only when it is freed, and that its coroutine was never
 * awaited.
 */
Test(loop_close, a_task_that_never_ran_is_reported)
{
    expect_program(never_run, "LOG ERROR Task was destroyed but it is pending!\n"
                              "t=0 closed\n");
}

/* ---- spawned too late ---------------------------------------------------- */

static int ends(void *)
{
    line("another loop");
    return 0;
}

static int spawns_too_late(void)
{
    await(co_close());
    co_spawn(ev_task, "never");
    return co_run(ends, NULL);
}

Test(loop_close, a_task_spawned_on_a_closed_loop_never_starts)
{
    expect_program(spawns_too_late, "LOG ERROR Task was destroyed but it is pending!\n"
                                    "another loop\n");
}
