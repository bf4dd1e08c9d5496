/* What a task answers about itself: its name and number, and its outcome before and
 * after its end.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

/* ---- numbers ------------------------------------------------------------- */

struct child {
    char name;
};

static int child(void *frame)
{
    line("%c %s", ((const struct child *)frame)->name, co_name(co_self()));
    return 0;
}

static int in_a_group(void)
{
    finally(co_group_close) co_group group = {};

    await(co_group_enter(&group));
    line("%s", co_name(co_group_spawn(&group, child, 'e')));
    return await(co_group_leave(&group, 0));
}

static int task_06(void *)
{
    line("%s", co_name(co_self()));
    co_task *a = co_spawn(child, 'a'), *b = co_spawn(child, 'b');
    line("%s %s", co_name(a), co_name(b));
    await(co_gather(a, co_spawn(child, 'c'), b, co_spawn(child, 'd')));
    await(in_a_group());
    await(co_wait_for(co_spawn(child, 'f'), 1));
    await(co_call(child, 'g'));
    await(co_join(co_shield(co_spawn(child, 'h'))));
    co_task *never = co_spawn(child, '-');
    co_cancel(never);
    line("%s", co_name(never));
    co_set_name(co_self(), "main");
    line("%s %s", co_name(co_self()), co_name(co_spawn(child, 'i')));
    return 0;
}

static int task_06_twice(void)
{
    await(co_run(task_06, NULL));
    return co_run(task_06, NULL);
}

Test(task_queries, TASK_06_tasks_are_numbered_in_the_order_of_their_creation)
{
    expect_program(task_06_twice, "Task-1\n"
                                  "Task-2 Task-3\n"
                                  "a Task-2\n"
                                  "b Task-3\n"
                                  "c Task-4\n"
                                  "d Task-5\n"
                                  "Task-6\n"
                                  "e Task-6\n"
                                  "f Task-7\n"
                                  "g Task-1\n"
                                  "h Task-8\n"
                                  "Task-9\n"
                                  "main Task-10\n"
                                  "i Task-10\n"
                                  "Task-13\n"
                                  "Task-14 Task-15\n"
                                  "a Task-14\n"
                                  "b Task-15\n"
                                  "c Task-16\n"
                                  "d Task-17\n"
                                  "Task-18\n"
                                  "e Task-18\n"
                                  "f Task-19\n"
                                  "g Task-13\n"
                                  "h Task-20\n"
                                  "Task-21\n"
                                  "main Task-22\n"
                                  "i Task-22\n");
}

static int two_more(void *)
{
    co_task *named = co_spawn_with((co_spawn_options){ .name = "x" }, sleeper, 0);

    line("%s %s %s", co_name(co_self()), co_name(named), co_name(co_spawn(sleeper, 0)));
    return 0;
}

static int task_06_named(void)
{
    await(co_run(two_more, NULL));
    return co_run(two_more, NULL);
}

static int main_06_named(void *) { return two_more(NULL); }

Test(task_queries, TASK_06_a_name_takes_a_number_and_each_run_two_more)
{
    expect_program(task_06_named, "Task-1 x Task-3\n"
                                  "Task-6 x Task-8\n");
    expect_as(313, main_06_named, "Task-1 x Task-2\n");
}

/* ---- outcomes ------------------------------------------------------------ */

static void say_raised(int r) { ev("%s %s", py_exception(r), co_why()); }

struct bad {
};

static int bad(void *) { return co_raise(CO_EVALUE, "b"); }

static int task_09(void *)
{
    co_task *task = co_spawn(sleeper, 0.1, 5), *fails = co_spawn(bad);
    co_future future;

    say_raised(co_result(task));
    say_raised(co_exception(task));
    await(co_join(task));
    ev("%d %d %d %s %s", co_result(task), co_result(task), co_exception(task),
       py_bool(co_done(task)), py_bool(co_cancelled(task)));
    await(co_wait(CO_ALL_COMPLETED, CO_FOREVER, fails));
    int r = co_result(fails);
    ev("%s %s", py_repr(r).s, py_bool(co_cancelled(fails)));
    ev("%s", py_exception(co_exception(fails)));

    co_task *gone = co_spawn(sleeper, 0.1);
    co_cancel_with(gone, "m");
    await(co_wait(CO_ALL_COMPLETED, CO_FOREVER, gone));
    for (int i = 0; i < 2; i++) {
        r = co_result(gone);
        ev("%s %s %s", py_repr(r).s, py_bool(co_cancelled(gone)),
           py_bool(co_done(gone)));
    }
    co_future_init(&future);
    say_raised(co_result(&future));
    say_raised(co_exception(&future));
    return 0;
}

Test(task_queries, TASK_09_its_result_is_unset_before_its_end_and_the_same_after)
{
    expect(task_09, "t=0 InvalidStateError Result is not set.\n"
                    "t=0 InvalidStateError Exception is not set.\n"
                    "t=0.1 5 5 0 True False\n"
                    "t=0.1 ValueError('b') False\n"
                    "t=0.1 ValueError\n"
                    "t=0.1 CancelledError('m') True True\n"
                    "t=0.1 CancelledError() True True\n"
                    "t=0.1 InvalidStateError Result is not set.\n"
                    "t=0.1 InvalidStateError Exception is not set.\n");
}

/* ---- too late ------------------------------------------------------------ */

struct waiter {
    co_future *future;
};

static int waiter(void *frame)
{
    int r = attempt(co_join(((const struct waiter *)frame)->future));

    if (r == UV_ECANCELED)
        evi("CancelledError %u", co_cancelling(co_self()));
    else
        evi("got %d", r);
    return r;
}

static int fut_12(void *)
{
    static co_future future;

    co_future_init(&future);
    co_task *task = co_spawn(waiter, &future);
    await(co_sleep(0));
    co_future_set(&future, 1);
    bool asked = co_cancel(task);
    evi("%s %s %d", py_bool(asked), py_bool(co_cancelled(&future)), co_result(&future));
    await(co_wait(CO_ALL_COMPLETED, CO_FOREVER, task));
    evi("%s %d", py_bool(co_cancelled(task)), co_result(&future));

    co_future_init(&future);
    task = co_spawn(waiter, &future);
    await(co_sleep(0));
    co_future_fail(&future, CO_EVALUE, "v");
    evi("%s", py_bool(co_cancel(task)));
    await(co_wait(CO_ALL_COMPLETED, CO_FOREVER, task));
    evi("%s %s('%s')", py_bool(co_cancelled(task)), py_exception(co_result(&future)),
        co_reason(&future));
    return 0;
}

Test(task_queries, FUT_12_a_request_outranks_a_result_or_error_of_a_future)
{
    expect(fut_12, "i=2 True False 1\n"
                   "i=3 CancelledError 1\n"
                   "i=5 True 1\n"
                   "i=6 True\n"
                   "i=7 CancelledError 1\n"
                   "i=9 True ValueError('v')\n");
}

struct ends {
};

static int ends(void *)
{
    await(co_sleep(0));
    evi("child ends");
    return 2;
}

static void cancel(co_callback *self)
{
    struct future_callback *doing =
        co_container_of(self, struct future_callback, timer.callback);

    evi("cancel %s", py_bool(co_cancel(doing->future)));
}

static int fut_12_task(void *)
{
    co_task *child = co_spawn(ends);
    co_task *first = co_spawn(waiter, child);
    struct future_callback cancelling = { { { cancel } }, first, 0 };

    co_on_done(child, &cancelling.timer.callback);
    co_task *second = co_spawn(waiter, child);
    await(co_wait(CO_ALL_COMPLETED, CO_FOREVER, first, second));
    evi("%s %s %d", py_bool(co_cancelled(first)), py_bool(co_cancelled(second)),
        co_result(child));
    return 0;
}

Test(task_queries, FUT_12_a_request_outranks_a_result_of_a_task)
{
    expect(fut_12_task, "i=3 child ends\n"
                        "i=4 cancel True\n"
                        "i=4 CancelledError 1\n"
                        "i=4 got 2\n"
                        "i=6 True False 2\n");
}

struct slept {
};

static int slept(void *)
{
    int r = attempt(co_sleep(0.1));

    evi(r == UV_ECANCELED ? "sleep cancelled" : "slept");
    return r;
}

static int fut_12_sleep(void *)
{
    co_task *task = co_spawn(slept);
    struct future_callback cancelling = { { { cancel } }, task, 0 };

    await(co_sleep(0));
    co_call_later(&cancelling.timer, 0.1);
    await(co_wait(CO_ALL_COMPLETED, CO_FOREVER, task));
    evi("%s", py_bool(co_cancelled(task)));
    return 0;
}

Test(task_queries, FUT_12_a_request_outranks_the_end_of_a_sleep)
{
    expect(fut_12_sleep, "i=3 cancel True\n"
                         "i=4 sleep cancelled\n"
                         "i=6 True\n");
}

static int fut_12_too_late(void *)
{
    static co_future future;

    co_future_init(&future);
    co_task *task = co_spawn(waiter, &future);
    await(co_sleep(0));
    co_future_set(&future, 3);
    await(co_sleep(0));
    evi("%s %s %s", py_bool(co_cancel(task)), py_bool(co_cancelled(task)),
        py_bool(co_done(task)));
    return 0;
}

Test(task_queries, FUT_12_a_request_does_not_outrank_a_result_that_was_delivered)
{
    expect(fut_12_too_late, "i=3 got 3\n"
                            "i=3 False False True\n");
}
