/* Conditions: which tasks a notification wakes, in which order and iteration they get
 * the lock, and what happens if one is cancelled.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

/* Waits once, holds the lock for a while, and prints if it is cancelled. */
struct waiter {
    char name;
    co_condition *condition;
    double seconds;
};

static int wait_once(const struct waiter *self)
{
    int r = attempt(co_condition_wait(self->condition));

    if (r == UV_ECANCELED)
        ev("%c cancelled", self->name);
    await(r);
    ev("%c resumed", self->name);
    if (self->seconds > 0)
        await(co_sleep(self->seconds));
    return 0;
}

static int waiter(void *frame)
{
    const struct waiter *self = frame;

    with_condition(self->condition)
        await(wait_once(self));
    return 0;
}

static int cond_03(void *)
{
    co_condition condition;
    co_task *tasks[5];

    co_condition_init(&condition, NULL);
    with_condition(&condition) {
        co_condition_notify(&condition, 1);
        co_condition_notify_all(&condition);
    }
    for (int i = 0; i < 5; i++)
        tasks[i] = co_spawn(waiter, (char)('A' + i), &condition, 0.1);
    await(co_sleep(0.1));
    with_condition(&condition) {
        co_condition_notify(&condition, 2);
        ev("notified 2");
    }
    await(co_sleep(0.5));
    with_condition(&condition) {
        co_condition_notify(&condition, 0);
        co_condition_notify(&condition, 1);
        co_condition_notify(&condition, 1);
        ev("notified 0, 1 and 1");
    }
    await(co_sleep(0.5));
    with_condition(&condition) {
        co_condition_notify(&condition, 9);
        ev("notified 9");
    }
    await(co_gatherv(tasks, 5));
    return 0;
}

Test(condition_notify, COND_03_n_tasks_are_woken_in_order_and_take_the_lock_one_by_one)
{
    expect(cond_03, "t=0.1 notified 2\n"
                    "t=0.1 A resumed\n"
                    "t=0.2 B resumed\n"
                    "t=0.6 notified 0, 1 and 1\n"
                    "t=0.6 C resumed\n"
                    "t=0.7 D resumed\n"
                    "t=1.1 notified 9\n"
                    "t=1.1 E resumed\n");
}

struct uses_the_lock {
    char name;
    co_condition *condition;
    bool notifies;
};

static int uses_the_lock(void *frame)
{
    const struct uses_the_lock *self = frame;

    with_condition(self->condition) {
        ev("%c has the lock", self->name);
        if (self->notifies) {
            co_condition_notify(self->condition, 1);
            ev("%c notified", self->name);
        }
        await(co_sleep(0.1));
    }
    return 0;
}

static int cond_03_behind(void *)
{
    co_condition condition;

    co_condition_init(&condition, NULL);
    await(co_gather(co_spawn(waiter, 'W', &condition),
                    co_spawn(uses_the_lock, 'A', &condition, true),
                    co_spawn(uses_the_lock, 'B', &condition),
                    co_spawn(uses_the_lock, 'C', &condition)));
    return 0;
}

Test(condition_notify, COND_03_a_notified_task_waits_behind_earlier_waiters_of_the_lock)
{
    expect(cond_03_behind, "t=0 A has the lock\n"
                           "t=0 A notified\n"
                           "t=0.1 B has the lock\n"
                           "t=0.2 C has the lock\n"
                           "t=0.3 W resumed\n");
}

/* ---- cancelled ----------------------------------------------------------- */

struct leaver {
    co_condition *condition;
};

static int wait_to_leave(co_condition *condition)
{
    int r = attempt(co_condition_wait(condition));

    if (r == UV_ECANCELED)
        ev("CancelledError; locked %s", py_bool(co_condition_locked(condition)));
    return r;
}

static int leave(co_condition *condition)
{
    with_condition(condition)
        return await(wait_to_leave(condition));
    return 0;
}

static int leaver(void *frame)
{
    co_condition *condition = ((const struct leaver *)frame)->condition;
    int r = attempt(leave(condition));

    ev("left; locked %s", py_bool(co_condition_locked(condition)));
    return r;
}

static int cond_05(void *)
{
    co_condition condition;

    co_condition_init(&condition, NULL);
    co_task *task = co_spawn(leaver, &condition);
    await(co_sleep(0.1));
    await(unguarded(co_condition_acquire(&condition)));
    co_cancel(task);
    ev("cancel requested while holding the lock");
    await(co_sleep(0.2));
    ev("release");
    co_condition_release(&condition);
    await(co_settle(task));
    return 0;
}

Test(condition_notify,
     COND_05_a_cancelled_task_takes_the_lock_again_before_it_continues)
{
    expect(cond_05, "t=0.1 cancel requested while holding the lock\n"
                    "t=0.3 release\n"
                    "t=0.3 CancelledError; locked True\n"
                    "t=0.3 left; locked False\n");
}

/* Prints the message of its cancellation. */
struct reports {
    co_condition *condition;
};

static int report(co_condition *condition)
{
    int r = attempt(co_condition_wait(condition));

    if (r == UV_ECANCELED)
        ev("%s locked %s", py_repr(r).s, py_bool(co_condition_locked(condition)));
    return r;
}

static int reports(void *frame)
{
    co_condition *condition = ((const struct reports *)frame)->condition;

    with_condition(condition)
        return await(report(condition));
    return 0;
}

static void report_end(co_task *task)
{
    int r = attempt(co_join(task));

    if (r == UV_ECANCELED)
        ev("main: %s", py_repr(r).s);
}

/* Cancelled while it waits to be notified, and then twice while it waits for the lock.
 */
static int cancelled_thrice(co_condition *condition)
{
    co_task *task = co_spawn(reports, condition);

    await(co_sleep(0.1));
    with_condition(condition) {
        co_cancel_with(task, "first");
        await(co_sleep(0.1));
        co_cancel_with(task, "second");
        await(co_sleep(0.1));
        co_cancel_with(task, "third");
        await(co_sleep(0.1));
        ev("release; cancelling %u", co_cancelling(task));
    }
    report_end(task);
    return 0;
}

static int cond_05_message(void *)
{
    co_condition condition;

    co_condition_init(&condition, NULL);
    co_task *task = co_spawn(reports, &condition);
    await(co_sleep(0.1));
    co_cancel_with(task, "first");
    report_end(task);

    await(cancelled_thrice(&condition));

    task = co_spawn(reports, &condition);
    await(co_sleep(0.1));
    with_condition(&condition) {
        co_condition_notify(&condition, 1);
        await(co_sleep(0.1));
        co_cancel_with(task, "only");
        await(co_sleep(0.1));
    }
    report_end(task);
    return 0;
}

Test(condition_notify,
     COND_05_a_cancellation_while_it_waits_for_the_lock_loses_the_message)
{
    expect(cond_05_message, "t=0.1 CancelledError('first') locked True\n"
                            "t=0.1 main: CancelledError('first')\n"
                            "t=0.5 release; cancelling 3\n"
                            "t=0.5 CancelledError() locked True\n"
                            "t=0.5 main: CancelledError()\n"
                            "t=0.8 CancelledError() locked True\n"
                            "t=0.8 main: CancelledError()\n");
}

Test(condition_notify,
     COND_05_a_cancellation_while_it_waits_for_the_lock_has_the_last_message_since_313)
{
    expect_as(313, cond_05_message,
              "t=0.1 CancelledError('first') locked True\n"
              "t=0.1 main: CancelledError('first')\n"
              "t=0.5 release; cancelling 3\n"
              "t=0.5 CancelledError('third') locked True\n"
              "t=0.5 main: CancelledError('third')\n"
              "t=0.8 CancelledError('only') locked True\n"
              "t=0.8 main: CancelledError('only')\n");
}

/* `late`: cancel it only when it waits for the lock again. */
static int cond_06(bool late)
{
    co_condition condition;

    co_condition_init(&condition, NULL);
    co_task *a = co_spawn(waiter, 'A', &condition);
    co_task *b = co_spawn(waiter, 'B', &condition);
    await(co_sleep(0.1));
    with_condition(&condition) {
        co_condition_notify(&condition, 1);
        if (late)
            await(co_sleep(0));
        co_cancel(a);
        ev("A cancelled");
    }
    await(co_sleep(0.1));
    ev("B done %s", py_bool(co_done(b)));
    co_cancel(b);
    await(co_settle(a, b));
    return 0;
}

static int cond_06_at_once(void *) { return await(cond_06(false)); }

static int cond_06_late(void *) { return await(cond_06(true)); }

Test(condition_notify, COND_06_the_notification_of_a_cancelled_task_is_lost)
{
    const char lines[] = "t=0.1 A cancelled\n"
                         "t=0.1 A cancelled\n"
                         "t=0.2 B done False\n"
                         "t=0.2 B cancelled\n";

    expect(cond_06_at_once, lines);
    expect(cond_06_late, lines);
}

Test(condition_notify,
     COND_06_the_notification_of_a_cancelled_task_goes_to_the_next_since_313)
{
    const char lines[] = "t=0.1 A cancelled\n"
                         "t=0.1 A cancelled\n"
                         "t=0.1 B resumed\n"
                         "t=0.2 B done True\n";

    expect_as(313, cond_06_at_once, lines);
    expect_as(313, cond_06_late, lines);
}

/* ---- in which iteration -------------------------------------------------- */

struct counter {
    char name;
    co_condition *condition;
    bool stays; /* one more iteration */
};

static int counter(void *frame)
{
    const struct counter *self = frame;

    with_condition(self->condition) {
        await(co_condition_wait(self->condition));
        evi("%c resumed", self->name);
        if (self->stays)
            await(co_sleep(0));
    }
    return 0;
}

static int cond_08_with(bool stays)
{
    co_condition condition;
    co_task *tasks[3];

    co_condition_init(&condition, NULL);
    for (int i = 0; i < 3; i++)
        tasks[i] = co_spawn(counter, (char)('A' + i), &condition, stays);
    await(co_sleep(0));
    with_condition(&condition) {
        co_condition_notify_all(&condition);
        evi("notified");
    }
    await(co_settlev(tasks, 3));
    return 0;
}

static int cond_08(void *) { return await(cond_08_with(false)); }

static int cond_08_staying(void *) { return await(cond_08_with(true)); }

Test(condition_notify, COND_08_all_continue_in_the_next_iteration_if_the_lock_is_free)
{
    expect(cond_08, "i=2 notified\n"
                    "i=3 A resumed\n"
                    "i=3 B resumed\n"
                    "i=3 C resumed\n");
}

Test(condition_notify,
     COND_08_otherwise_each_continues_one_iteration_after_the_lock_is_released)
{
    expect(cond_08_staying, "i=2 notified\n"
                            "i=3 A resumed\n"
                            "i=5 B resumed\n"
                            "i=7 C resumed\n");
}
