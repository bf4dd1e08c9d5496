/* condition.h: its lock, errors without it, and how many tasks a notification wakes.
 * How conditions behave in asyncio is in facts/condition.c and
 * facts/condition_notify.c.
 */
#include <criterion/criterion.h>

#include "tests/support/expect.h"

static co_condition condition;

struct waits {
};

static int waits(void *)
{
    with_condition(&condition) {
        await(co_condition_wait(&condition));
        ev("%s locked %s", co_name(co_self()),
           py_bool(co_condition_locked(&condition)));
    }
    return 0;
}

static int notifies_two_of_three(void *)
{
    co_condition_init(&condition, NULL);
    co_task *tasks[] = { co_spawn(waits), co_spawn(waits), co_spawn(waits) };
    await(co_sleep(1));
    with_condition(&condition)
        line("%d", co_condition_notify(&condition, 2));
    await(co_sleep(1));
    with_condition(&condition)
        line("%d", co_condition_notify_all(&condition));
    return await(co_gatherv(tasks, 3));
}

Test(condition, wakes_as_many_tasks_as_it_is_asked_to)
{
    expect(notifies_two_of_three, "0\n"
                                  "t=1 Task-2 locked True\n"
                                  "t=1 Task-3 locked True\n"
                                  "0\n"
                                  "t=2 Task-4 locked True\n");
}

static int without_the_lock(void *)
{
    co_condition_init(&condition, NULL);
    line("%s", py_repr(attempt(co_condition_wait(&condition))).s);
    line("%s", py_repr(co_condition_notify(&condition, 1)).s);
    line("%s", py_repr(co_condition_notify_all(&condition)).s);
    line("%s", py_repr(co_condition_release(&condition)).s);
    return 0;
}

Test(condition, fails_without_its_lock)
{
    expect(without_the_lock, "RuntimeError('cannot wait on un-acquired lock')\n"
                             "RuntimeError('cannot notify on un-acquired lock')\n"
                             "RuntimeError('cannot notify on un-acquired lock')\n"
                             "RuntimeError('Lock is not acquired.')\n");
}

static int nothing_waits(void *)
{
    co_condition_init(&condition, NULL);
    with_condition(&condition) {
        co_condition_notify_all(&condition);
        line("%s", py_exception(attempt(co_within(1, co_condition_wait(&condition)))));
    }
    return 0;
}

Test(condition, does_not_remember_a_notification)
{
    expect(nothing_waits, "TimeoutError\n");
}

static int shares_a_lock(void *)
{
    co_lock lock;

    co_lock_init(&lock);
    co_condition_init(&condition, &lock);
    with_lock(&lock)
        line("%s", py_bool(co_condition_locked(&condition)));
    line("%s", py_bool(co_condition_locked(&condition)));
    return 0;
}

Test(condition, uses_the_lock_it_is_given)
{
    expect(shares_a_lock, "True\n"
                          "False\n");
}
