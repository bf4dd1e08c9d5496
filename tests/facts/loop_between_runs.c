/* Calls made between two runs of a loop, and callbacks that stop, run or close the
 * loop.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

/* ---- between the runs of a runner ---------------------------------------- */

struct waiter {
    char name;
    co_future *future; /* NULL: it sleeps */
};

static int waiter(void *frame)
{
    const struct waiter *self = frame;
    int r = attempt(self->future ? co_join(self->future) : co_sleep(1));

    if (r == UV_ECANCELED)
        ev("%c cancelled %s", self->name, py_args(r).s);
    else
        ev("%c %s", self->name, r == 's' ? "set" : "");
    return r;
}

struct shared {
    co_future f, g;
    co_task *a, *b, *c, *d;
    struct ev_callback done;
};

static int first(void *frame)
{
    struct shared *shared = frame;

    co_future_init(&shared->f);
    co_future_init(&shared->g);
    shared->a = co_keep(co_spawn(waiter, 'a', &shared->f));
    shared->b = co_keep(co_spawn(waiter, 'b', &shared->g));
    shared->c = co_keep(co_spawn(waiter, 'c', NULL));
    await(co_sleep(0));
    ev("one");
    return 0;
}

static int second(void *frame)
{
    struct shared *shared = frame;

    ev("two");
    await(co_sleep(0));
    co_on_done(shared->d, &shared->done.timer.callback);
    await(co_sleep(0.1));
    ev("%s %s %s", py_bool(co_done(shared->a)), py_bool(co_cancelled(shared->b)),
       py_bool(co_cancelled(shared->c)));
    return 0;
}

static int between_runs(void)
{
    struct shared shared = { .done = EV("d done") };
    co_runner runner;

    co_runner_init(&runner);
    await(co_runner_run(&runner, first, &shared));
    co_future_set(&shared.f, 's');
    bool b = co_cancel_with(shared.b, "between"), c = co_cancel_with(shared.c, "also");
    ev("%s %s", py_bool(b), py_bool(c));
    shared.d = co_spawn(ev_task, "d runs");
    ev("between");
    await(co_runner_run(&runner, second, &shared));
    co_drop(shared.a);
    co_drop(shared.b);
    co_drop(shared.c);
    return co_runner_close(&runner, 0);
}

Test(loop_between_runs, calls_between_runs_take_effect_in_the_next_run)
{
    expect_program(between_runs, "t=0 one\n"
                                 "t=0 True True\n"
                                 "t=0 between\n"
                                 "t=0 a set\n"
                                 "t=0 b cancelled ('between',)\n"
                                 "t=0 c cancelled ('also',)\n"
                                 "t=0 d runs\n"
                                 "t=0 two\n"
                                 "t=0 d done\n"
                                 "t=0.1 True True True\n");
}

/* ---- by hand ------------------------------------------------------------- */

struct job {
    char name;
    double seconds;
    bool begins;
};

static int job(void *frame)
{
    const struct job *self = frame;

    if (self->begins)
        ev("%c", self->name);
    await(co_sleep(self->seconds));
    ev("%c ends", self->name);
    return self->name;
}

static void stop_aloud(co_callback *)
{
    ev("stop");
    co_stop();
}

static int stopped_by_its_callback(void)
{
    co_task *a = co_spawn(job, 'a', 0, true), *b = co_spawn(job, 'b', 0, true);
    co_callback stop = { stop_aloud };

    co_on_done(a, &stop);
    int r = await(co_run_until_complete(a));
    ev("%c %s", r, py_bool(co_done(b)));
    r = await(co_run_until_complete(b));
    ev("%c", r);
    return co_close();
}

Test(loop_between_runs, a_done_callback_stops_the_run_that_ends_anyway)
{
    expect_program(stopped_by_its_callback, "t=0 a\n"
                                            "t=0 b\n"
                                            "t=0 a ends\n"
                                            "t=0 b ends\n"
                                            "t=0 stop\n"
                                            "t=0 a True\n"
                                            "t=0 b\n");
}

static int one_run_for_two(void)
{
    co_task *a = co_spawn(job, 'a', 1), *b = co_spawn(job, 'b', 0.5);
    int r = await(co_run_until_complete(a));

    ev("%c", r);
    r = await(co_run_until_complete(b));
    ev("%c", r);
    ev("%d", (int)co_iteration());
    return co_close();
}

Test(loop_between_runs, a_task_that_ended_while_the_loop_ran_for_another_is_done)
{
    expect_program(one_run_for_two, "t=0.5 b ends\n"
                                    "t=1 a ends\n"
                                    "t=1 a\n"
                                    "t=1 b\n"
                                    "t=1 7\n");
}

static void say_why(int r)
{
    if (r < 0)
        ev("%s", co_why());
}

static void run_inside(co_callback *)
{
    co_future future;

    co_future_init(&future);
    say_why(co_run_forever());
    say_why(co_run_until_complete(&future));
    say_why(co_close());
    co_stop();
}

static int run_in_a_callback(void)
{
    co_callback callback = { run_inside };

    co_call_soon(&callback);
    await(co_run_forever());
    ev("end");
    return co_close();
}

Test(loop_between_runs, a_callback_can_neither_run_nor_close_the_loop)
{
    expect_program(run_in_a_callback, "t=0 This event loop is already running\n"
                                      "t=0 This event loop is already running\n"
                                      "t=0 Cannot close a running event loop\n"
                                      "t=0 end\n");
}

static void bad(co_callback *) { co_callback_raise(CO_EVALUE, "bad"); }

static int despite_errors(void)
{
    co_future future;
    co_callback callback = { bad };
    struct future_callback set = SET(&future, 'r');

    co_future_init(&future);
    co_call_soon(&callback);
    co_call_later(&set.timer, 1);
    int r = await(co_run_until_complete(&future));
    ev("%c", r);
    return co_close();
}

Test(loop_between_runs, an_unhandled_error_does_not_end_a_run)
{
    expect_program(despite_errors,
                   "LOG ERROR Exception in callback bad() | ValueError('bad')\n"
                   "t=1 r\n");
}

struct exits {
};

static int exits(void *)
{
    await(co_sleep(0.1));
    return co_raise(CO_EXIT, "9");
}

static int exit_of_another(void)
{
    co_task *task = co_spawn(job, 'j', 0.2), *other = co_spawn(exits);
    int r = co_run_until_complete(task);

    ev("%s %s %s", py_repr(r).s, py_bool(co_done(task)), py_bool(co_done(other)));
    r = await(co_run_until_complete(task));
    ev("%s", r == 'j' ? "r" : "");
    ev("%s(%s)", py_exception(co_result(other)), co_reason(other));
    return co_close();
}

Test(loop_between_runs, after_an_exit_the_loop_can_run_again)
{
    expect_program(exit_of_another, "t=0.1 SystemExit(9) False True\n"
                                    "t=0.2 j ends\n"
                                    "t=0.2 r\n"
                                    "t=0.2 SystemExit(9)\n");
}
