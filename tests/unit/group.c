/* group.h where no fact looks: cancellation at the last moment, interrupts, misuse,
 * repr. Task groups in asyncio are in facts/group*.c.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "tests/support/expect.h"

struct job {
    const char *name;
    bool refuses; /* to be cancelled */
};

static int job(void *frame)
{
    const struct job *self = frame;
    int r = attempt(co_sleep(5));

    if (r == UV_ECANCELED)
        ev("%s %s", self->name, py_repr(r).s);
    return self->refuses ? await(co_sleep(1)) : r;
}

struct bad {
    double seconds;
};

static int bad(void *frame)
{
    await(co_sleep(((const struct bad *)frame)->seconds));
    return co_raise(CO_EVALUE, "b");
}

static void report(int r)
{
    struct py_text error = py_repr(r);

    ev("%s %u", error.s, co_cancelling(co_self()));
}

/* ---- cancellation -------------------------------------------------------- */

struct parent {
    bool sleeps;  /* in its body */
    bool refuses; /* the task in the group */
};

static int parent(void *frame)
{
    const struct parent *self = frame;
    finally(co_group_close) co_group group = {};

    co_group_enter(&group);
    co_group_spawn(&group, job, "A", self->refuses);
    int r = self->sleeps ? attempt(co_sleep(3)) : 0;
    r = attempt(co_group_leave(&group, r));
    report(r);
    return r;
}

static int cancels_twice(void *)
{
    for (int sleeps = 0; sleeps < 2; sleeps++) {
        co_task *task = co_spawn(parent, sleeps);
        await(co_sleep(0.1));
        co_cancel_with(task, "m");
        await(co_wait(CO_ALL_COMPLETED, CO_FOREVER, task));
    }
    co_task *task = co_spawn(parent, .refuses = true);
    await(co_sleep(0.1));
    co_cancel_with(task, "1");
    await(co_sleep(0.1));
    co_cancel_with(task, "2");
    return await(co_wait(CO_ALL_COMPLETED, CO_FOREVER, task));
}

Test(group, passes_on_the_first_cancellation_with_its_message)
{
    expect(cancels_twice, "t=0.1 A CancelledError()\n"
                          "t=0.1 CancelledError('m') 1\n"
                          "t=0.2 A CancelledError()\n"
                          "t=0.2 CancelledError('m') 1\n"
                          "t=0.3 A CancelledError()\n"
                          "t=1.3 CancelledError('1') 2\n");
}

struct sleeps {
};

static int sleeps(void *)
{
    finally(co_group_close) co_group group = {};

    co_group_enter(&group);
    co_group_spawn(&group, sleeper, 0.1);
    int r = attempt(co_group_leave(&group, 0));
    report(r);
    return r;
}

static int cancels_at_the_end(void *)
{
    co_task *task = co_spawn(sleeps);

    await(co_sleep(0));
    await(co_sleep(0));
    await(co_sleep(0.1));
    co_cancel(task);
    await(co_wait(CO_ALL_COMPLETED, CO_FOREVER, task));
    ev("%s", py_bool(co_cancelled(task)));
    return 0;
}

/* In the iteration in which the last task ends. */
Test(group, whose_parent_is_cancelled_in_the_last_iteration_ends_cancelled)
{
    expect(cancels_at_the_end, "t=0.1 CancelledError() 1\n"
                               "t=0.1 True\n");
}

static int fails_while_awaited(void *)
{
    finally(co_group_close) co_group group = {};

    co_group_enter(&group);
    co_task *task = co_group_spawn(&group, bad, 0.1);
    int r = attempt(co_join(task));
    report(r);
    report(attempt(co_group_leave(&group, r)));
    return 0;
}

Test(group, TG_21_a_task_that_awaits_a_failing_sibling_sees_a_cancellation)
{
    expect(fails_while_awaited,
           "t=0.1 CancelledError() 1\n"
           "t=0.1 ExceptionGroup('unhandled errors in a TaskGroup', "
           "[ValueError('b')]) 0\n");
}

static int swallows(void *)
{
    finally(co_group_close) co_group group = {};

    co_group_enter(&group);
    co_group_spawn(&group, bad, 0.1);
    if (attempt(co_sleep(1)) == UV_ECANCELED)
        await(co_sleep(1));
    ev("goes on");
    report(attempt(co_group_leave(&group, 0)));
    return 0;
}

Test(group, a_body_may_swallow_the_cancellation_but_not_the_error)
{
    expect(swallows, "t=1.1 goes on\n"
                     "t=1.1 ExceptionGroup('unhandled errors in a TaskGroup', "
                     "[ValueError('b')]) 0\n");
}

struct is_late {
};

static int is_late(void *)
{
    await(co_sleep(0.1));
    return UV_ETIMEDOUT; /* without a reason */
}

static int fails_in_exit(void *)
{
    finally(co_group_close) co_group group = {};

    co_group_enter(&group);
    co_group_spawn(&group, is_late);
    report(attempt(co_group_leave(&group, 0)));
    await(co_sleep(0));
    return 0;
}

Test(group, a_request_made_while_the_parent_waits_is_uncancelled_since_313)
{
    expect(fails_in_exit, "t=0.1 ExceptionGroup('unhandled errors in a TaskGroup', "
                          "[TimeoutError()]) 1\n");
    expect_as(313, fails_in_exit,
              "t=0.1 ExceptionGroup('unhandled errors in a "
              "TaskGroup', [TimeoutError()]) 0\n");
}

static int one_is_cancelled(void *)
{
    finally(co_group_close) co_group group = {};

    co_group_enter(&group);
    co_task *task = co_group_spawn(&group, job, "A");
    co_group_spawn(&group, sleeper, 0.2);
    await(co_sleep(0.1));
    co_cancel_with(task, "x");
    await(co_group_leave(&group, 0));
    ev("left");
    return 0;
}

Test(group, a_task_that_is_cancelled_has_not_failed)
{
    expect(one_is_cancelled, "t=0.1 A CancelledError('x')\n"
                             "t=0.2 left\n");
}

static int interrupted(void *)
{
    finally(co_group_close) co_group group = {};

    co_group_enter(&group);
    co_group_spawn(&group, bad, 0.1);
    int r = attempt(co_sleep(1));
    report(r);
    report(attempt(co_group_leave(&group, co_raise(UV_EINTR, "k"))));
    return 0;
}

Test(group, an_interrupt_of_the_body_outranks_failed_tasks)
{
    expect(interrupted, "t=0.1 CancelledError() 1\n"
                        "t=0.1 KeyboardInterrupt('k') 0\n");
    expect_as(313, interrupted,
              "t=0.1 CancelledError() 1\n"
              "t=0.1 KeyboardInterrupt('k') 1\n");
}

/* ---- spawning ------------------------------------------------------------ */

static int refuses_with(void *)
{
    finally(co_group_close) co_group group = {}, outside = {};

    line("%s", co_group_spawn(&group, sleeper) ? "" : co_why());
    int r = co_group_enter(&group);
    cr_expect(zero(int, r));
    r = co_group_enter(&group);
    line("%s: %s", py_exception(r), co_why());
    co_task *task =
        co_group_spawn_with(&group, (co_spawn_options){ .name = "me" }, sleeper, 5);
    line("%s", co_name(task));
    co_group_spawn(&group, bad);
    r = attempt(co_sleep(1));
    line("%s", co_group_spawn(&group, sleeper) ? "" : co_why());
    r = attempt(co_group_leave(&group, r));
    line("%s", co_group_spawn(&group, sleeper) ? "" : co_why());
    await(co_in_group(&outside, 0));
    line("%s", co_group_spawn(&outside, sleeper) ? "" : co_why());
    return 0;
}

Test(group, shows_itself_as_python_does)
{
    expect_as(313, refuses_with,
              "TaskGroup <TaskGroup> has not been entered\n"
              "RuntimeError: TaskGroup <TaskGroup entered> has already been entered\n"
              "me\n"
              "TaskGroup <TaskGroup tasks=1 errors=1 cancelling> is shutting down\n"
              "TaskGroup <TaskGroup cancelling> is finished\n"
              "TaskGroup <TaskGroup entered> is finished\n");
}

static co_group *whose;

static void enter_in_callback(co_callback *)
{
    int r = co_group_enter(whose);

    line("%s: %s", py_exception(r), co_why());
}

static int enters_in_a_callback(void *)
{
    co_group group = {};
    co_callback callback = { .run = enter_in_callback };

    whose = &group;
    co_call_soon(&callback);
    return await(co_sleep(0));
}

Test(group, needs_a_task_for_a_parent)
{
    expect(enters_in_a_callback,
           "RuntimeError: TaskGroup <TaskGroup> cannot determine the parent task\n");
}

/* ---- closing ------------------------------------------------------------- */

struct leaves_by_await {
};

static int leaves_by_await(void *)
{
    co_group group = {};

    return co_in_group(&group, ({
        co_group_spawn(&group, job, "A", true);
        await(co_sleep(0.1));
        await(co_raise(CO_EFULL, "the reason"));
        0;
    }));
}

static int leaves(void *)
{
    int r = attempt(co_call(leaves_by_await));

    report(r);
    return 0;
}

Test(group, left_by_await_closes_it_and_keeps_the_reason)
{
    expect(leaves, "t=0.1 A CancelledError()\n"
                   "t=1.1 QueueFull('the reason') 0\n");
}

struct never_leaves {
    co_group *group;
};

static int never_leaves(void *frame)
{
    const struct never_leaves *self = frame;

    co_group_enter(self->group);
    co_group_spawn(self->group, bad, 0.1);
    return 0;
}

static int on_deadlock(co_exception_handler *,
                       const co_exception_context *unhandled_error)
{
    const char *end = strstr(unhandled_error->message, "is already completed");
    int task = (int)strcspn(unhandled_error->message, "<");

    ev("%.*s … %s: %s", task, unhandled_error->message, end,
       py_exception(unhandled_error->code));
    return 0;
}

static int orphans(void *)
{
    static co_exception_handler handler = { on_deadlock };
    static co_group group;

    group = (co_group){};
    co_set_exception_handler(&handler);
    await(co_join(co_spawn(never_leaves, &group)));
    return await(co_sleep(0.2));
}

Test(group, an_error_without_a_waiting_parent_goes_to_the_exception_handler)
{
    expect(orphans, "t=0.1 Task  … is already completed: ValueError\n");
}
