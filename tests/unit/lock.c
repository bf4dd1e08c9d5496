/* lock.h: order of acquiring, errors, events. How locks behave in asyncio, to the
 * iteration, is in facts/lock.c and facts/sync_order.c.
 */
#include <criterion/criterion.h>

#include "tests/support/events.h"
#include "tests/support/expect.h"

struct uses_the_lock {
    co_lock *lock;
};

static int uses_the_lock(void *frame)
{
    with_lock(((const struct uses_the_lock *)frame)->lock) {
        ev("%s", co_name(co_self()));
        await(co_sleep(1));
    }
    return 0;
}

static int three_tasks(void *)
{
    static co_lock lock;

    co_lock_init(&lock);
    lock.name = "L";
    return await(co_gather(co_spawn(uses_the_lock, &lock),
                           co_spawn(uses_the_lock, &lock),
                           co_spawn(uses_the_lock, &lock)));
}

Test(lock, is_held_by_one_task_at_a_time_in_the_order_of_asking)
{
    expect(three_tasks, "t=0 Task-2\n"
                        "t=1 Task-3\n"
                        "t=2 Task-4\n");
}

Test(lock, emits_its_name_and_its_holder)
{
    expect_events(three_tasks, "acquire release",
                  "Task-2 acquire lock L\n"
                  "Task-2 release lock L\n"
                  "Task-3 acquire lock L\n"
                  "Task-3 release lock L\n"
                  "Task-4 acquire lock L\n"
                  "Task-4 release lock L\n");
}

static int is_released_twice(void *)
{
    co_lock lock;

    co_lock_init(&lock);
    await(co_lock_acquire(&lock));
    line("%s", py_bool(co_lock_locked(&lock)));
    line("%d", co_lock_release(&lock));
    line("%s", py_bool(co_lock_locked(&lock)));
    line("%s", py_repr(co_lock_release(&lock)).s);
    return 0;
}

Test(lock, fails_to_release_what_is_not_locked)
{
    expect(is_released_twice, "True\n"
                              "0\n"
                              "False\n"
                              "RuntimeError('Lock is not acquired.')\n");
}

static int break_leaves(void *)
{
    co_lock lock;

    co_lock_init(&lock);
    with_lock(&lock) {
        if (co_lock_locked(&lock))
            break;
        line("not reached");
    }
    line("%s", py_bool(co_lock_locked(&lock)));
    return 0;
}

Test(lock, is_released_when_break_leaves_the_block) { expect(break_leaves, "False\n"); }
