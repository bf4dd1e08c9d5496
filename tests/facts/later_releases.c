/* Programs that CPython 3.12 or 3.13 runs differently from 3.11, under the rules of
 * each.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

/* ---- 3.12 ---------------------------------------------------------------- */

static int gather_16(void *)
{
    co_task *a = co_spawn(sleeper, 0, 0);
    co_task *b = co_spawn(sleeper, 0, 1);

    await(co_settle(a, b));
    evi("all done");
    await(co_gather(a, b));
    evi("[%d, %d]", co_result(a), co_result(b));
    return 0;
}

Test(later_releases, GATHER_16_children_that_are_done_take_no_iteration_since_312)
{
    expect_as(312, gather_16,
              "i=5 all done\n"
              "i=5 [0, 1]\n");
}

struct job {
};

static int job(void *)
{
    await(co_sleep(0.1));
    evi("job ends");
    return 'r';
}

struct waiter {
    co_task *task;
};

static int waiter(void *frame)
{
    int r = attempt(co_wait_for(((const struct waiter *)frame)->task, 1));

    if (r == UV_ECANCELED)
        evi("%s %u", py_exception(r), co_cancelling(co_self()));
    else
        evi("result %c %u", r, co_cancelling(co_self()));
    return r;
}

struct canceller {
    co_task **target; /* read when it starts */
};

static int canceller(void *frame)
{
    await(co_sleep(0.1));
    evi("cancel %s", py_bool(co_cancel(*((const struct canceller *)frame)->target)));
    return 0;
}

static int waitfor_09(void *)
{
    co_task *task = co_spawn(job), *wait;

    co_spawn(canceller, &wait);
    wait = co_spawn(waiter, task);
    await(co_settle(wait));
    evi("waiter cancelled %s job %c", py_bool(co_cancelled(wait)), co_result(task));
    return 0;
}

Test(later_releases, WAITFOR_09_a_cancellation_is_lost_if_the_task_has_just_ended)
{
    expect(waitfor_09, "i=4 job ends\n"
                       "i=4 cancel True\n"
                       "i=5 result r 1\n"
                       "i=7 waiter cancelled False job r\n");
}

Test(later_releases, WAITFOR_09_a_cancellation_is_never_lost_since_312)
{
    expect_as(312, waitfor_09,
              "i=4 job ends\n"
              "i=4 cancel True\n"
              "i=5 CancelledError 1\n"
              "i=7 waiter cancelled True job r\n");
}

/* The same, cancelled by a done callback of the task. */
static int waitfor_09_by_callback(void *)
{
    co_task *task = co_spawn(job);
    co_task *wait = co_spawn(waiter, task);
    struct future_callback cancel = CANCEL(wait);

    co_on_done(task, &cancel.timer.callback);
    int r = attempt(co_join(wait));
    evi("waiter cancelled %s job %c", py_bool(r == UV_ECANCELED), co_result(task));
    return 0;
}

Test(later_releases, WAITFOR_09_a_cancellation_by_a_done_callback)
{
    expect(waitfor_09_by_callback, "i=4 job ends\n"
                                   "i=6 result r 1\n"
                                   "i=7 waiter cancelled False job r\n");
}

Test(later_releases, WAITFOR_09_a_cancellation_by_a_done_callback_since_312)
{
    expect_as(312, waitfor_09_by_callback,
              "i=4 job ends\n"
              "i=5 CancelledError 1\n"
              "i=6 waiter cancelled True job r\n");
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
    await(co_within(1, co_call(names_itself)));
    evi("after");
    return 0;
}

/* Here the program itself says whether a coroutine becomes a task. Since 3.12
 * wait_for() of a coroutine is a call within a timeout.
 */
Test(later_releases, WAITFOR_10_a_coroutine_is_awaited_in_the_task_since_312)
{
    expect_as(312, waitfor_10,
              "i=1 before\n"
              "i=1 inner runs in Task-1\n"
              "i=1 after\n"
              "i=2 other 1\n");
}

struct older {
};

static int older(void *)
{
    await(co_sleep(0.2));
    ev("job ends");
    return 'r';
}

static int waitfor_18(void *)
{
    co_task *task = co_spawn(older);

    await(co_sleep(0));
    int r = attempt(co_wait_for(task, 0.2));
    if (r == UV_ETIMEDOUT)
        ev("TimeoutError %s", py_bool(co_cancelled(task)));
    else
        ev("%c", r);
    return 0;
}

Test(later_releases, WAITFOR_18_at_one_instant_the_older_timer_wins)
{
    expect(waitfor_18, "t=0.2 job ends\n"
                       "t=0.2 r\n");
}

Test(later_releases, WAITFOR_18_at_one_instant_the_timeout_wins_since_312)
{
    expect_as(312, waitfor_18, "t=0.2 TimeoutError True\n");
}

/* ---- 3.13 ---------------------------------------------------------------- */

static int sleep_08(void *)
{
    int r = attempt(co_sleep(__builtin_nan("")));

    ev("%s: %s", py_exception(r), co_why());
    return 0;
}

/* Without the line about a delay that is not a number, which does not compile. */
Test(later_releases, SLEEP_08_nan_is_no_delay_since_313)
{
    expect_as(313, sleep_08, "t=0 ValueError: Invalid delay: NaN (not a number)\n");
}

static void say_name(const char *name)
{
    line("%s", co_name(co_spawn_with((co_spawn_options){ .name = name }, sleeper)));
}

static int task_07(void *)
{
    const char *names[] = { NULL, "x", NULL, "y", NULL, "z", NULL };

    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        say_name(names[i]);
    return 0;
}

Test(later_releases, TASK_07_a_named_task_takes_no_number_since_313)
{
    expect_as(313, task_07, "Task-2\nx\nTask-3\ny\nTask-4\nz\nTask-5\n");
}

struct takes_it_back {
};

static int takes_it_back(void *)
{
    co_cancel(co_self());
    co_uncancel(co_self());
    ev("%s",
       attempt(co_sleep(0.1)) == UV_ECANCELED ? "CancelledError" : "not interrupted");
    return 0;
}

static int cancel_16(void *)
{
    await(co_join(co_spawn(takes_it_back)));
    return 0;
}

Test(later_releases, CANCEL_16_uncancel_stops_a_pending_cancellation_since_313)
{
    expect_as(313, cancel_16, "t=0.1 not interrupted\n");
}

static int too_late(void)
{
    co_task *tasks[] = { co_spawn(sleeper, 0.5, 'C') }, *task;
    finally(co_as_completed_finish) co_as_completed completed;

    co_as_completed_init(&completed, tasks, 1, 0.1);
    if (attempt(co_as_completed_next(&completed, &task)) == UV_ETIMEDOUT)
        ev("TimeoutError from async for");
    return 0;
}

static int ascomp_11(void *)
{
    co_task *tasks[] = { co_spawn(sleeper, 0.2, 'A'), co_spawn(sleeper, 0.1, 'B') };
    finally(co_as_completed_finish) co_as_completed completed;

    co_as_completed_init(&completed, tasks, 2, CO_FOREVER);
    for (;;) {
        co_task *task;
        int r = attempt(co_as_completed_next(&completed, &task));
        if (r == CO_ESTOP)
            return await(too_late());
        await(r);
        ev("%s %s %c", py_bool(task == tasks[0] || task == tasks[1]),
           py_bool(co_done(task)), r);
    }
}

Test(later_releases, ASCOMP_11_it_yields_the_tasks_themselves_since_313)
{
    expect_as(313, ascomp_11,
              "t=0.1 True True B\n"
              "t=0.2 True True A\n"
              "t=0.3 TimeoutError from async for\n");
}
