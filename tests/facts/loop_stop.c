/* stop() at unusual moments: before a run, in its last iteration, in the shutdown. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

static void stop(co_callback *) { co_stop(); }

/* Run until it is done, and print the outcome. */
static int say_outcome(const char *name, co_future *future)
{
    int r = co_run_until_complete(future);

    if (r >= 0)
        ev("%s %c", name, r);
    else
        ev("%s %s", name, co_why());
    return 0;
}

static void set_and_stop(co_callback *self)
{
    run_set_callback(self);
    co_stop();
}

static int done_and_stopped(void)
{
    co_future first, second;
    struct future_callback now = { { { set_and_stop } }, &first, 'r' };
    struct future_callback later = SET(&second, 'g');

    co_future_init(&first);
    co_call_soon(&now.timer.callback);
    await(say_outcome("first", &first));

    co_future_init(&second);
    co_call_later(&later.timer, 1);
    await(say_outcome("second", &second));
    return say_outcome("third", &second);
}

Test(loop_stop, a_stop_in_the_iteration_that_is_the_last_one_stops_the_next_run_too)
{
    expect_program(done_and_stopped,
                   "t=0 first r\n"
                   "t=0 second Event loop stopped before Future completed.\n"
                   "t=1 third g\n");
}

struct cleans_up {
};

static int cleans_up(void *)
{
    int r = attempt(co_sleep(5));

    ev("bg cleaned up");
    return r;
}

static int stops_and_ends(void *)
{
    co_spawn(cleans_up);
    await(co_sleep(0.1));
    co_stop();
    ev("main ends");
    return 'r';
}

static int stopped_at_the_end(void)
{
    int r = co_run(stops_and_ends, NULL);

    ev("%s %s", py_exception(r), co_why());
    return 0;
}

Test(loop_stop, a_main_that_ends_with_a_stop_is_not_waited_for_by_the_shutdown)
{
    expect_program(stopped_at_the_end,
                   "t=0.1 main ends\n"
                   "t=0.1 bg cleaned up\n"
                   "t=0.1 RuntimeError Event loop stopped before Future completed.\n");
}

static int stops_and_waits(void *)
{
    co_stop();
    ev("main waits");
    int r = attempt(co_sleep(1));
    if (r == UV_ECANCELED)
        ev("main cancelled");
    return r;
}

static int stopped_in_the_middle(void)
{
    int r = co_run(stops_and_waits, NULL);

    ev("%s %s", py_exception(r), co_why());
    return 0;
}

Test(loop_stop, a_main_that_stops_the_loop_is_left_suspended)
{
    expect_program(stopped_in_the_middle,
                   "t=0 main waits\n"
                   "t=0 main cancelled\n"
                   "t=0 RuntimeError Event loop stopped before Future completed.\n");
}

struct stops_in_cleanup {
};

static int stops_in_cleanup(void *)
{
    int r = attempt(co_sleep(5));

    co_stop();
    await(co_sleep(1));
    ev("never");
    return r;
}

static int leaves_a_stopper(void *)
{
    co_spawn(stops_in_cleanup);
    await(co_sleep(0.1));
    return co_raise(CO_EVALUE, "main");
}

static int stopped_in_the_shutdown(void)
{
    int r = co_run(leaves_a_stopper, NULL);

    ev("%s", py_repr(r).s);
    return 0;
}

/* CPython frees the task a line later; here it is freed with the run. */
Test(loop_stop, a_stop_in_the_shutdown_is_the_outcome_of_the_run)
{
    expect_program(
        stopped_in_the_shutdown,
        "LOG ERROR Task was destroyed but it is pending!\n"
        "t=0.1 RuntimeError('Event loop stopped before Future completed.')\n");
}

/* A callback that queues another one. */
struct relay {
    co_callback callback, *then;
};

static void relay(co_callback *self)
{
    co_call_soon(co_container_of(self, struct relay, callback)->then);
}

static int stopped_before(void)
{
    struct ev_callback a = EV("a"), b = EV("b"), timer = EV("timer without delay");
    struct relay relays = { { relay }, &b.timer.callback };
    co_callback last = { stop };

    co_stop();
    co_stop();
    co_call_soon(&a.timer.callback);
    co_call_later(&timer.timer, 0);
    co_call_soon(&relays.callback);
    await(co_run_forever());
    ev("1");
    co_call_soon(&last);
    await(co_run_forever());
    ev("2");
    return co_close();
}

Test(loop_stop, stopped_twice_before_it_runs_the_loop_runs_once)
{
    expect_program(stopped_before, "t=0 a\n"
                                   "t=0 timer without delay\n"
                                   "t=0 1\n"
                                   "t=0 b\n"
                                   "t=0 2\n");
}

static int stopped_by_a_timer(void)
{
    struct ev_callback one = EV("one"), three = EV("three"), never = EV("never");
    co_timer two = { { stop } };

    co_call_later(&one.timer, 1);
    co_call_later(&two, 1);
    co_call_later(&three.timer, 1);
    co_call_later(&never.timer, 1.5);
    await(co_run_forever());
    ev("stopped %d", (int)co_iteration());
    return co_close();
}

Test(loop_stop, a_timer_that_stops_the_loop_lets_its_iteration_finish)
{
    expect_program(stopped_by_a_timer, "t=1 one\n"
                                       "t=1 three\n"
                                       "t=1 stopped 1\n");
}

/* ---- outcomes ------------------------------------------------------------ */

struct fails {
};

static int fails(void *) { return co_raise(CO_EVALUE, "v"); }

static int until_failed(void)
{
    co_task *task = co_spawn(fails);

    for (int i = 0; i < 2; i++) {
        int r = co_run_until_complete(task);
        ev("%d %s %d", i, py_repr(r).s, (int)co_iteration());
    }
    co_drop(task);
    ev("nothing logged");
    return co_close();
}

Test(loop_stop, run_until_a_task_that_fails_returns_its_error)
{
    expect_program(until_failed, "t=0 0 ValueError('v') 2\n"
                                 "t=0 1 ValueError('v') 3\n"
                                 "t=0 nothing logged\n");
}

static void cancel_with(co_callback *self)
{
    struct future_callback *doing =
        co_container_of(self, struct future_callback, timer.callback);

    co_cancel_with(doing->future, "msg");
}

static int until_cancelled(void)
{
    co_task *task = co_spawn(sleeper, 1);
    struct future_callback cancel = { { { cancel_with } }, task, 0 };

    co_call_later(&cancel.timer, 0.5);
    for (int i = 0; i < 2; i++) {
        int r = co_run_until_complete(task);
        ev("%d %s %d", i, py_repr(r).s, (int)co_iteration());
    }
    return co_close();
}

Test(loop_stop, run_until_a_task_that_is_cancelled_returns_its_message)
{
    expect_program(until_cancelled, "t=0.5 0 CancelledError('msg') 4\n"
                                    "t=0.5 1 CancelledError() 5\n");
}

struct naps {
};

static int naps(void *)
{
    evi("job");
    await(co_sleep(1));
    evi("job");
    return 0;
}

static int one_after_the_other(void)
{
    await(co_run_until_complete(co_spawn(naps)));
    evi("between");
    await(co_run_until_complete(co_spawn(naps)));
    evi("end");
    return co_close();
}

Test(loop_stop, iterations_are_counted_across_runs)
{
    expect_program(one_after_the_other, "i=1 job\n"
                                        "i=3 job\n"
                                        "i=4 between\n"
                                        "i=5 job\n"
                                        "i=7 job\n"
                                        "i=8 end\n");
}

struct says_name {
    char name;
};

static int says_name(void *frame)
{
    evi("%c %s", ((const struct says_name *)frame)->name, co_name(co_self()));
    return 0;
}

static int before_it_runs(void)
{
    struct ev_callback soon = EVI("soon");
    co_task *a = co_spawn(says_name, 'A');

    co_call_soon(&soon.timer.callback);
    co_task *b = co_spawn(says_name, 'B');
    evi("%s", py_bool(co_is_running()));
    await(co_run_until_complete(b));
    evi("%s", py_bool(co_done(a)));
    return co_close();
}

Test(loop_stop, tasks_made_before_the_loop_runs_start_in_that_order)
{
    expect_program(before_it_runs, "i=0 False\n"
                                   "i=1 A Task-1\n"
                                   "i=1 soon\n"
                                   "i=1 B Task-2\n"
                                   "i=2 True\n");
}
