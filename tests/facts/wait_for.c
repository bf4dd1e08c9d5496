/* wait_for: a limit on another task, which is cancelled and waited for. A caller that
 * is cancelled is in wait_for_interrupted.c.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

struct fails {
};

static int fails(void *)
{
    await(co_sleep(0.1));
    return co_raise(CO_EVALUE, "v");
}

static int waitfor_01(void *)
{
    int r = await(co_wait_for(co_spawn(sleeper, 0.1, 'r'), 1));
    ev("%c", r);

    r = attempt(co_wait_for(co_spawn(fails), 1));
    if (r == CO_EVALUE)
        ev("raised %s", py_repr(r).s);
    return 0;
}

Test(wait_for, WAITFOR_01_in_time_it_returns_the_result_or_error_of_the_task)
{
    expect(waitfor_01, "t=0.1 r\n"
                       "t=0.2 raised ValueError('v')\n");
}

/* Sleeps for long, and takes a while to clean up when it is cancelled. */
struct inner {
    double cleanup;
};

static int inner(void *frame)
{
    const struct inner *self = frame;
    int r = attempt(co_sleep(10));

    if (r == UV_ECANCELED) {
        ev("inner cancelled");
        await(co_sleep(self->cleanup));
        ev("inner cleanup done");
    }
    return r;
}

static int waitfor_02(void *)
{
    co_task *task = co_spawn(inner, 0.5);
    int r = attempt(co_wait_for(task, 0.2));
    struct py_text arguments = py_args(r);
    const co_error *cause = co_error_context(co_error_now());

    if (r == UV_ETIMEDOUT && cause)
        ev("%s %s | cause %s", py_exception(r), arguments.s,
           py_exception(co_error_code(cause)));
    return 0;
}

Test(wait_for, WAITFOR_02_it_waits_for_the_cleanup_of_a_late_task)
{
    expect(waitfor_02, "t=0.2 inner cancelled\n"
                       "t=0.7 inner cleanup done\n"
                       "t=0.7 TimeoutError () | cause CancelledError\n");
}

/* The error, its arguments, its cause, and how many requests remain. */
static void report_timeout(const char *what, int r)
{
    struct py_text error = py_repr(r), arguments = py_args(r);

    ev("%s %s %s %s %u", what, error.s, arguments.s,
       py_repr_error(co_error_context(co_error_now())).s, co_cancelling(co_self()));
}

static int waitfor_03(void *)
{
    finally(co_future_finish) co_future future, another;
    co_task *tasks[] = { co_spawn(sleeper, 5) }, *first;
    finally(co_as_completed_finish) co_as_completed completed;

    co_future_init(&future);
    co_future_init(&another);
    report_timeout("wait_for", attempt(co_wait_for(co_spawn(sleeper, 5), 0.1)));
    report_timeout("timeout", attempt(co_within(0.1, co_sleep(5))));
    co_as_completed_init(&completed, tasks, 1, 0.1);
    report_timeout("as_completed", attempt(co_as_completed_next(&completed, &first)));
    report_timeout("wait_for 0", attempt(co_wait_for(&future, 0)));
    report_timeout("wait_for a future", attempt(co_wait_for(&another, 0.1)));
    return 0;
}

Test(wait_for, WAITFOR_03_a_timeout_has_no_text)
{
    const char *lines =
        "t=0.1 wait_for TimeoutError() () CancelledError() 0\n"
        "t=0.2 timeout TimeoutError() () CancelledError() 0\n"
        "t=0.3 as_completed TimeoutError() () None 0\n"
        "t=0.3 wait_for 0 TimeoutError() () CancelledError() 0\n"
        "t=0.4 wait_for a future TimeoutError() () CancelledError() 0\n";

    expect(waitfor_03, lines);
    expect_as(312, waitfor_03, lines);
    expect_as(313, waitfor_03, lines);
}

struct nap {
};

static int nap(void *)
{
    await(co_sleep(5));
    ev("%s", co_name(co_self()));
    return 0;
}

static int waitfor_04(void *)
{
    await(co_wait_for(co_spawn(nap), CO_FOREVER));
    ev("over");
    return 0;
}

/* Python awaits the coroutine in Task-1; here the argument is always a task. */
Test(wait_for, WAITFOR_04_without_a_timeout_it_waits_as_long_as_the_task_takes)
{
    expect(waitfor_04, "t=5 Task-2\n"
                       "t=5 over\n");
}

static int waitfor_05(void *)
{
    const int limits[] = { 0, -1 };

    for (int i = 0; i < 2; i++) {
        co_task *task = co_spawn(ev_task, "inner runs (must not)");
        if (attempt(co_wait_for(task, limits[i])) == UV_ETIMEDOUT)
            ev("TimeoutError for %d", limits[i]);
    }

    co_future future;
    co_future_init(&future);
    co_future_set(&future, 1);
    int r = await(co_wait_for(&future, 0));
    ev("%s", r == 1 ? "done" : "lost");

    co_task *task = co_spawn(sleeper, 0.5);
    if (attempt(co_wait_for(task, 0)) == UV_ETIMEDOUT)
        ev("TimeoutError, task cancelled: %s", py_bool(co_cancelled(task)));
    return 0;
}

Test(wait_for, WAITFOR_05_with_a_timeout_of_zero_only_a_task_that_is_done_is_in_time)
{
    expect(waitfor_05, "t=0 TimeoutError for 0\n"
                       "t=0 TimeoutError for -1\n"
                       "t=0 done\n"
                       "t=0 TimeoutError, task cancelled: True\n");
}

struct bad_cleanup {
};

static int bad_cleanup(void *)
{
    if (attempt(co_sleep(10)) == UV_ECANCELED)
        return co_raise(CO_EVALUE, "from cleanup");
    return 0;
}

static int waitfor_07(void *)
{
    int r = attempt(co_wait_for(co_spawn(bad_cleanup), 0.2));

    if (r < 0)
        ev("%s", py_repr(r).s);
    return 0;
}

Test(wait_for, WAITFOR_07_an_error_of_the_cleanup_is_raised_instead)
{
    expect(waitfor_07, "t=0.2 ValueError('from cleanup')\n");
}

struct outer {
};

static int outer(void *)
{
    int r = attempt(co_wait_for(co_spawn(inner, 0.3), 5));

    if (r == UV_ECANCELED)
        ev("outer cancelled");
    return r;
}

static int waitfor_08(void *)
{
    co_task *task = co_spawn(outer);

    await(co_sleep(0.1));
    co_cancel(task);
    await(co_settle(task));
    ev("cancelled %s", py_bool(co_cancelled(task)));
    return 0;
}

Test(wait_for, WAITFOR_08_cancelled_it_cancels_the_task_and_waits_for_it)
{
    expect(waitfor_08, "t=0.1 inner cancelled\n"
                       "t=0.4 inner cleanup done\n"
                       "t=0.4 outer cancelled\n"
                       "t=0.4 cancelled True\n");
}

struct names_itself {
};

static int names_itself(void *)
{
    evi("inner runs in %s", co_name(co_self()));
    return 0;
}

static int waitfor_10(void *)
{
    co_spawn_with((co_spawn_options){ .name = "o" }, evi_task, "other 1");
    evi("before");
    await(co_wait_for(co_spawn(names_itself), 1));
    evi("after");
    return 0;
}

Test(wait_for, WAITFOR_10_a_task_of_its_own_and_two_iterations_to_its_end)
{
    expect(waitfor_10, "i=1 before\n"
                       "i=2 other 1\n"
                       "i=2 inner runs in Task-3\n"
                       "i=4 after\n");
}

static int waitfor_13(void *)
{
    int r = attempt(co_wait_for(co_spawn(sleeper, 0.2, 1), 0.2));

    ev("%s", r == UV_ETIMEDOUT ? py_exception(r) : "result");
    return 0;
}

Test(wait_for, WAITFOR_13_at_the_same_instant_the_timeout_wins)
{
    expect(waitfor_13, "t=0.2 TimeoutError\n");
}

static int waitfor_14(void *)
{
    co_future future;

    co_future_init(&future);
    if (attempt(co_wait_for(&future, 0.1)) == UV_ETIMEDOUT)
        ev("TimeoutError; future cancelled: %s", py_bool(co_cancelled(&future)));
    return 0;
}

Test(wait_for, WAITFOR_14_a_late_future_is_cancelled_for_all)
{
    expect(waitfor_14, "t=0.1 TimeoutError; future cancelled: True\n");
}

struct computes {
};

static int computes(void *)
{
    co_block(0.5);
    return 1;
}

static int waitfor_16(void *)
{
    int r = await(co_wait_for(co_spawn(computes), 0.2));

    ev("%s", r == 1 ? "blocked for 0.5" : "lost");
    return 0;
}

Test(wait_for, WAITFOR_16_a_task_that_never_waits_cannot_be_late)
{
    expect(waitfor_16, "t=0.5 blocked for 0.5\n");
}

struct computes_and_waits {
};

static int computes_and_waits(void *)
{
    co_block(0.5);
    ev("blocked");
    await(co_sleep(0.1));
    ev("never");
    return 1;
}

static int waitfor_17(void *)
{
    int r = attempt(co_wait_for(co_spawn(computes_and_waits), 0.2));

    ev("%s", r == UV_ETIMEDOUT ? py_exception(r) : "in time");
    return 0;
}

Test(wait_for, WAITFOR_17_a_task_that_computed_too_long_is_cancelled_at_its_next_wait)
{
    expect(waitfor_17, "t=0.5 blocked\n"
                       "t=0.5 TimeoutError\n");
}
