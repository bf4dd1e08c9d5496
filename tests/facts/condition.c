/* Conditions: the lock, predicates, conditions that share a lock, and the loop a
 * condition belongs to. The order of notified tasks is in condition_notify.c.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

struct waiter {
    co_condition *condition;
};

static int waiter(void *frame)
{
    co_condition *condition = ((const struct waiter *)frame)->condition;

    with_condition(condition) {
        ev("waiter waits");
        bool notified = await(co_condition_wait(condition)) >= 0;
        ev("waiter resumed %s locked %s", py_bool(notified),
           py_bool(co_condition_locked(condition)));
    }
    return 0;
}

static int cond_01(void *)
{
    co_condition condition;

    co_condition_init(&condition, NULL);
    co_task *task = co_spawn(waiter, &condition);
    await(co_sleep(0.1));
    with_condition(&condition) {
        ev("notifier notifies");
        co_condition_notify(&condition, 1);
        await(co_sleep(0.2));
        ev("notifier releases");
    }
    await(co_join(task));
    return 0;
}

Test(condition, COND_01_a_notified_task_continues_when_the_lock_is_free)
{
    expect(cond_01, "t=0 waiter waits\n"
                    "t=0.1 notifier notifies\n"
                    "t=0.3 notifier releases\n"
                    "t=0.3 waiter resumed True locked True\n");
}

static void refused(int r)
{
    if (r < 0)
        line("%s: %s", py_exception(r), co_why());
}

static int cond_02(void *)
{
    co_condition condition;

    co_condition_init(&condition, NULL);
    refused(attempt(co_condition_wait(&condition)));
    refused(co_condition_notify(&condition, 1));
    refused(co_condition_notify_all(&condition));
    refused(co_condition_release(&condition));
    return 0;
}

Test(condition, COND_02_waiting_and_notifying_need_the_lock)
{
    expect(cond_02, "RuntimeError: cannot wait on un-acquired lock\n"
                    "RuntimeError: cannot notify on un-acquired lock\n"
                    "RuntimeError: cannot notify on un-acquired lock\n"
                    "RuntimeError: Lock is not acquired.\n");
}

struct holder {
    co_condition *condition;
};

static int hold(co_condition *condition)
{
    await(co_condition_acquire(condition));
    await(co_sleep(0.1));
    ev("holder done %s", py_bool(co_condition_locked(condition)));
    return co_condition_release(condition);
}

static int holder(void *frame)
{
    return hold(((const struct holder *)frame)->condition);
}

struct intruder {
    co_condition *condition;
};

static int intruder(void *frame)
{
    co_condition *condition = ((const struct intruder *)frame)->condition;

    await(co_condition_notify(condition, 1));
    ev("notified by one who does not hold the lock");
    await(co_condition_wait(condition));
    ev("woken %s", py_bool(co_condition_locked(condition)));
    return 0;
}

static int cond_02_another(void *)
{
    co_condition condition;

    co_condition_init(&condition, NULL);
    co_task *holding = co_spawn(holder, &condition);
    await(co_sleep(0));
    co_task *intruding = co_spawn(intruder, &condition);
    await(co_sleep(0));
    ev("locked %s", py_bool(co_condition_locked(&condition)));
    await(co_settle(holding));
    ev("%s('%s')", py_exception(co_result(holding)), co_reason(holding));
    with_condition(&condition)
        co_condition_notify_all(&condition);
    await(co_join(intruding));
    return 0;
}

Test(condition, COND_02_any_task_may_hold_the_lock)
{
    expect(cond_02_another, "t=0 notified by one who does not hold the lock\n"
                            "t=0 locked False\n"
                            "t=0.1 holder done False\n"
                            "t=0.1 RuntimeError('Lock is not acquired.')\n"
                            "t=0.1 woken True\n");
}

/* ---- wait_for ------------------------------------------------------------ */

struct box {
    int items[2], count;
};

/* The items, as Python shows a list. */
static int has_two(void *argument)
{
    const struct box *box = argument;

    ev(box->count == 0   ? "predicate called []"
       : box->count == 1 ? "predicate called [%d]"
                         : "predicate called [%d, %d]",
       box->items[0], box->items[1]);
    return box->count >= 2;
}

struct chooser {
    co_condition *condition;
    int (*predicate)(void *argument);
    void *argument;
};

static int choose(const struct chooser *self)
{
    int r = attempt(
        co_condition_wait_for(self->condition, self->predicate, self->argument));

    if (r >= 0)
        ev("satisfied %s", py_bool(r));
    else
        ev("%s locked %s", py_repr(r).s, py_bool(co_condition_locked(self->condition)));
    return 0;
}

static int chooser(void *frame)
{
    const struct chooser *self = frame;

    with_condition(self->condition)
        return await(choose(self));
    return 0;
}

static int cond_04(void *)
{
    co_condition condition;
    struct box box = {};

    co_condition_init(&condition, NULL);
    co_task *task = co_spawn(chooser, &condition, has_two, &box);
    for (int i = 0; i < 2; i++) {
        await(co_sleep(0.1));
        with_condition(&condition) {
            box.items[box.count++] = i;
            co_condition_notify(&condition, 1);
        }
    }
    await(co_join(task));
    return 0;
}

Test(condition, COND_04_it_waits_until_the_predicate_holds)
{
    expect(cond_04, "t=0 predicate called []\n"
                    "t=0.1 predicate called [0]\n"
                    "t=0.2 predicate called [0, 1]\n"
                    "t=0.2 satisfied True\n");
}

static int fails_once_full(void *argument)
{
    const struct box *box = argument;

    return box->count == 0 ? 0 : co_raise(CO_EVALUE, "bad");
}

static int forty_two(void *) { return 42; }

static int never(void *) { return 0; }

static int cond_04_value(void *)
{
    co_condition condition;
    struct box box = {};

    co_condition_init(&condition, NULL);
    co_task *task = co_spawn(chooser, &condition, fails_once_full, &box);
    await(co_sleep(0.1));
    with_condition(&condition) {
        box.count++;
        co_condition_notify(&condition, 1);
    }
    await(co_join(task));

    with_condition(&condition)
        ev("%d", await(co_condition_wait_for(&condition, forty_two, NULL)));
    ev("%d", await(co_condition_wait_for(&condition, forty_two, NULL)));
    refused(attempt(co_condition_wait_for(&condition, never, NULL)));
    return 0;
}

Test(condition, COND_04_the_result_or_error_of_the_predicate_is_returned)
{
    expect(cond_04_value, "t=0.1 ValueError('bad') locked True\n"
                          "t=0.1 42\n"
                          "t=0.1 42\n"
                          "RuntimeError: cannot wait on un-acquired lock\n");
}

/* ---- several conditions on one lock -------------------------------------- */

struct sharer {
    const char *name;
    co_condition *condition;
};

static int sharer(void *frame)
{
    const struct sharer *self = frame;

    with_condition(self->condition) {
        await(co_condition_wait(self->condition));
        ev("%s resumed", self->name);
    }
    return 0;
}

static int cond_07(void *)
{
    co_condition one, other;
    co_lock lock;

    co_lock_init(&lock);
    co_condition_init(&one, &lock);
    co_condition_init(&other, &lock);
    co_task *first = co_spawn(sharer, "on c1", &one);
    co_task *second = co_spawn(sharer, "on c2", &other);
    await(co_sleep(0.1));
    with_lock(&lock)
        co_condition_notify(&other, 1);
    await(co_sleep(0.1));
    with_lock(&lock)
        co_condition_notify(&one, 1);
    await(co_settle(first, second));
    return 0;
}

Test(condition, COND_07_conditions_that_share_a_lock_are_notified_separately)
{
    expect(cond_07, "t=0.1 on c2 resumed\n"
                    "t=0.2 on c1 resumed\n");
}

/* ---- bound to a loop ----------------------------------------------------- */

static int belong(co_condition *condition)
{
    int r = attempt(co_condition_wait(condition));

    if (r == UV_ECANCELED)
        line("%s %s", py_repr(r).s, py_bool(co_condition_locked(condition)));
    else if (r < 0)
        line("%s %s", co_why(), py_bool(co_condition_locked(condition)));
    return r;
}

struct belonging {
    co_condition *condition;
};

static int belonging(void *frame)
{
    co_condition *condition = ((const struct belonging *)frame)->condition;

    with_condition(condition)
        return await(belong(condition));
    return 0;
}

struct visitor {
    co_condition *condition;
};

static int visitor(void *frame)
{
    with_condition(((const struct visitor *)frame)->condition)
        line("visitor");
    return 0;
}

/* It outlives the first run, which it is bound to. */
static co_condition lasting;

static int waits_in_vain(void *)
{
    co_condition_init(&lasting, NULL);
    co_task *task = co_spawn(belonging, &lasting);
    co_task *other = co_spawn(visitor, &lasting);
    await(co_sleep(0.1));
    co_cancel(task);
    await(co_settle(task, other));
    return 0;
}

static int waits_elsewhere(void *)
{
    await(unguarded(co_condition_acquire(&lasting)));
    co_task *task = co_spawn(belonging, &lasting);
    co_task *other = co_spawn(visitor, &lasting);
    await(co_sleep(0));
    co_condition_release(&lasting);
    await(co_settle(task, other));
    return 0;
}

static int waits_here_and_elsewhere(void)
{
    await(co_run(waits_in_vain, NULL));
    return co_run(waits_elsewhere, NULL);
}

Test(condition, LOCK_10_a_wait_for_a_condition_of_another_loop_leaves_the_lock_held)
{
    expect_program(waits_here_and_elsewhere,
                   "visitor\n"
                   "CancelledError() True\n"
                   "visitor\n"
                   "Condition is bound to a different event loop True\n");
}

Test(condition,
     LOCK_10_a_condition_of_another_loop_is_refused_before_the_release_since_313)
{
    expect_program_as(313, waits_here_and_elsewhere,
                      "visitor\n"
                      "CancelledError() True\n"
                      "Condition is bound to a different event loop True\n"
                      "visitor\n");
}
