/* Tasks: when they start, when their awaiters continue, names, errors, cancellation.
 * Tasks that are done are in task_done.c, the order of several in task_order.c.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <string.h>

#include "tests/support/expect.h"

static int task_01(void *)
{
    co_task *a = co_spawn(evi_task, "A starts");
    co_task *b = co_spawn(evi_task, "B starts");
    co_task *c = co_spawn(evi_task, "C starts");

    evi("main: tasks created, none started");
    await(co_join(a));
    evi("main: awaited A [%s, %s, %s]", py_bool(co_done(a)), py_bool(co_done(b)),
        py_bool(co_done(c)));
    return 0;
}

Test(task, TASK_01_a_task_starts_in_the_next_iteration)
{
    expect(task_01, "i=1 main: tasks created, none started\n"
                    "i=2 A starts\n"
                    "i=2 B starts\n"
                    "i=2 C starts\n"
                    "i=3 main: awaited A [True, True, True]\n");
}

struct five {
};

static int five(void *)
{
    evi("child ends");
    return 5;
}

/* A callback that looks at a task. */
struct probe {
    co_callback callback;
    const char *text;
    co_task *task;
};

static void probe(co_callback *self)
{
    const struct probe *probe = co_container_of(self, struct probe, callback);

    evi("%s done = %s", probe->text, py_bool(co_done(probe->task)));
}

static int task_02(void *)
{
    co_task *task = co_spawn(five);
    struct probe look = { { probe }, "probe in the same iteration:", task };

    co_call_soon(&look.callback);
    evi("main awaits");
    int r = await(co_join(task));
    evi("main resumed %d", r);
    return 0;
}

Test(task, TASK_02_the_awaiter_continues_one_iteration_after_the_end)
{
    expect(task_02, "i=1 main awaits\n"
                    "i=2 child ends\n"
                    "i=2 probe in the same iteration: done = True\n"
                    "i=3 main resumed 5\n");
}

struct fails {
    double seconds;
};

static int fails(void *frame)
{
    const struct fails *self = frame;

    await(co_sleep(self->seconds));
    return co_raise(CO_EVALUE, "v");
}

struct waiter {
    const char *name;
    co_task *task;
    struct py_text seen;
};

static int waiter(void *frame)
{
    struct waiter *self = frame;
    int r = attempt(co_join(self->task));

    if (r != CO_EVALUE)
        return r;
    self->seen = py_repr(r);
    evi("%s got %s", self->name, self->seen.s);
    return 0;
}

static int task_04(void *)
{
    co_task *task = co_spawn(fails, 0.1);
    co_task *first = co_spawn(waiter, "W1", task);
    co_task *second = co_spawn(waiter, "W2", task);
    co_task *third = co_spawn(waiter, "W3", task);

    await(co_settle(first, second, third));

    /* In Python it is the same object; here all get the same code and reason. */
    const char *seen = co_frame(waiter, first)->seen.s;
    evi("same object: %s",
        py_bool(strcmp(seen, co_frame(waiter, second)->seen.s) == 0 &&
                strcmp(seen, co_frame(waiter, third)->seen.s) == 0));
    return 0;
}

Test(task, TASK_04_awaiters_of_one_task_continue_in_the_order_they_came)
{
    expect(task_04, "i=5 W1 got ValueError('v')\n"
                    "i=5 W2 got ValueError('v')\n"
                    "i=5 W3 got ValueError('v')\n"
                    "i=7 same object: True\n");
}

struct child {
};

static int child(void *)
{
    await(co_sleep(0.1));
    evi("child ends");
    return 0;
}

struct joiner {
    co_task *task;
};

static int joiner(void *frame)
{
    const struct joiner *self = frame;

    await(co_join(self->task));
    evi("awaiter w");
    return 0;
}

/* A done callback, and the task it is to be called for. */
struct watch {
    struct ev_callback saying;
    co_task *task;
};

static void report_name(co_callback *self)
{
    const struct watch *watch =
        co_container_of(self, struct watch, saying.timer.callback);

    evi("%s %s %s", watch->saying.text, co_name(watch->task),
        py_bool(co_done(watch->task)));
}

static int task_05(void *)
{
    /* Kept, since the callback may run when main has ended. */
    co_task *task = co_keep(co_spawn_with((co_spawn_options){ .name = "c" }, child));
    struct watch first = { { { { report_name } }, "cb1" }, task };
    struct ev_callback second = EVI("cb2");
    struct ev_callback third = EVI("cb3 (added after the end)");

    co_on_done(task, &first.saying.timer.callback);
    co_spawn(joiner, task);
    await(co_sleep(0)); /* the joining task waits now */
    co_on_done(task, &second.timer.callback);
    await(co_join(task));
    evi("main (waited last)");
    co_on_done(task, &third.timer.callback);
    evi("main goes on");
    await(co_sleep(0));
    return 0;
}

Test(task, TASK_05_done_callbacks_and_awaiters_are_in_one_list)
{
    expect(task_05, "i=4 child ends\n"
                    "i=5 cb1 c True\n"
                    "i=5 awaiter w\n"
                    "i=5 cb2\n"
                    "i=5 main (waited last)\n"
                    "i=5 main goes on\n"
                    "i=6 cb3 (added after the end)\n");
}

static int task_07(void *)
{
    line("%s", co_name(co_spawn(sleeper)));
    line("%s", co_name(co_spawn_with((co_spawn_options){ .name = "x" }, sleeper)));
    line("%s", co_name(co_spawn(sleeper)));
    line("%s", co_name(co_spawn_with((co_spawn_options){ .name = "y" }, sleeper)));
    line("%s", co_name(co_spawn(sleeper)));
    return 0;
}

/* Without the two lines of loop.create_task(), a second way to make a task in Python.
 */
Test(task, TASK_07_a_named_task_takes_a_number_too)
{
    expect(task_07, "Task-2\n"
                    "x\n"
                    "Task-4\n"
                    "y\n"
                    "Task-6\n");
}

struct inside {
};

static int inside(void *)
{
    line("inside %s", co_name(co_self()));
    return 0;
}

static int task_08(void *)
{
    co_task *task = co_spawn_with((co_spawn_options){ .name = "123" }, inside);

    line("'%s'", co_name(task));
    co_set_name(task, "renamed");
    await(co_join(task));
    await(co_join(co_spawn_with((co_spawn_options){ .name = "renamed" }, inside)));
    return 0;
}

Test(task, TASK_08_names_are_free_and_may_change)
{
    expect(task_08, "'123'\n"
                    "inside renamed\n"
                    "inside renamed\n");
}

static int task_11(void *)
{
    co_task *task = co_spawn(fails);

    await(co_sleep(0.1));
    ev("%s('%s')", py_exception(co_result(task)), co_reason(task));
    co_drop(task);

    task = co_spawn(fails);
    if (attempt(co_join(task)) == CO_EVALUE)
        ev("caught");
    co_drop(task);
    ev("nothing logged");
    return 0;
}

Test(task, TASK_11_an_error_that_was_retrieved_is_not_logged)
{
    expect(task_11, "t=0.1 ValueError('v')\n"
                    "t=0.1 caught\n"
                    "t=0.1 nothing logged\n");
}

static void ev_self(co_callback *)
{
    ev("in callback: %s", co_self() ? co_name(co_self()) : "None");
}

static int task_13(void *)
{
    co_callback callback = { ev_self };

    co_set_name(co_self(), "main");
    await(co_sleep(0.1));
    co_call_soon(&callback);
    await(co_sleep(0));
    ev("%s", co_name(co_self()));
    return 0;
}

/* Without all_tasks(), which this test does not need. */
Test(task, TASK_13_a_callback_runs_in_no_task)
{
    expect(task_13, "t=0.1 in callback: None\n"
                    "t=0.1 main\n");
}

struct loud {
};

static int loud(void *)
{
    await(co_sleep(0.1));
    ev("bad raises");
    return co_raise(CO_EVALUE, "v");
}

struct good {
};

static int good(void *)
{
    for (int i = 0; i < 3; i++) {
        await(co_sleep(0.1));
        ev("good %d", i);
    }
    return 0;
}

static int task_25(void *)
{
    co_task *b = co_spawn(loud);
    co_task *g = co_spawn(good);

    await(co_join(g));
    int r = attempt(co_join(b));
    if (r == CO_EVALUE)
        ev("main sees %s", py_repr(r).s);
    return 0;
}

Test(task, TASK_25_an_error_waits_until_the_task_is_awaited)
{
    expect(task_25, "t=0.1 bad raises\n"
                    "t=0.1 good 0\n"
                    "t=0.2 good 1\n"
                    "t=0.3 good 2\n"
                    "t=0.3 main sees ValueError('v')\n");
}

static int task_26(void *)
{
    co_task *task = co_spawn(sleeper, 1);

    await(co_sleep(0));
    bool asked = co_cancel(task);
    evi("%s %s %s %u", py_bool(asked), py_bool(co_done(task)),
        py_bool(co_cancelled(task)), co_cancelling(task));
    if (attempt(co_join(task)) == UV_ECANCELED)
        evi("awaited: %s %s %u", py_bool(co_done(task)), py_bool(co_cancelled(task)),
            co_cancelling(task));
    asked = co_cancel(task);
    evi("%s %u", py_bool(asked), co_cancelling(task));
    return 0;
}

Test(task, TASK_26_cancel_is_a_request)
{
    expect(task_26, "i=2 True False False 1\n"
                    "i=4 awaited: True True 1\n"
                    "i=4 False 1\n");
}

struct by_hand {
};

static int by_hand(void *) { return co_raise(UV_ECANCELED, "by hand"); }

static int task_28(void *)
{
    co_task *task = co_spawn(by_hand);

    if (attempt(co_join(task)) == UV_ECANCELED)
        ev("CancelledError ('%s',) %s %u", co_why(), py_bool(co_cancelled(task)),
           co_cancelling(task));
    return 0;
}

Test(task, TASK_28_a_task_that_raises_a_cancellation_ends_cancelled)
{
    expect(task_28, "t=0 CancelledError ('by hand',) True 0\n");
}
