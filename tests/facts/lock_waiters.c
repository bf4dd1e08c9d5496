/* Locks: tasks that come late, waiters that are cancelled, and every way to leave the
 * block.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

struct waiter {
    co_lock *lock;
};

static int waiter(void *frame)
{
    co_lock *lock = ((const struct waiter *)frame)->lock;

    with_lock(lock)
        evi("B has locked %s", py_bool(co_lock_locked(lock)));
    return 0;
}

struct latecomer {
    co_lock *lock;
};

static int latecomer(void *frame)
{
    co_lock *lock = ((const struct latecomer *)frame)->lock;

    evi("C wants; locked %s", py_bool(co_lock_locked(lock)));
    with_lock(lock)
        evi("C has");
    return 0;
}

static int lock_03(void *)
{
    co_lock lock;

    co_lock_init(&lock);
    await(unguarded(co_lock_acquire(&lock)));
    co_task *b = co_spawn(waiter, &lock);
    await(co_sleep(0));
    co_task *c = co_spawn(latecomer, &lock);
    co_lock_release(&lock);
    evi("released; locked %s", py_bool(co_lock_locked(&lock)));
    with_lock(&lock)
        evi("main has");
    return await(co_gather(b, c));
}

Test(lock_waiters,
     LOCK_03_no_task_overtakes_the_woken_waiter_though_the_lock_is_not_locked)
{
    expect(lock_03, "i=2 released; locked False\n"
                    "i=3 C wants; locked False\n"
                    "i=3 B has locked True\n"
                    "i=4 main has\n"
                    "i=5 C has\n");
}

/* Holds the lock for a while; prints that, or that it was cancelled. */
struct uses_the_lock {
    char name;
    co_lock *lock;
};

static int visit(const struct uses_the_lock *self)
{
    with_lock(self->lock) {
        ev("%c has", self->name);
        await(co_sleep(0.1));
    }
    return 0;
}

static int uses_the_lock(void *frame)
{
    const struct uses_the_lock *self = frame;
    int r = attempt(visit(self));

    if (r == UV_ECANCELED)
        ev("%c cancelled", self->name);
    return r;
}

static int lock_06(void *)
{
    co_task *tasks[4];
    co_lock lock;

    co_lock_init(&lock);
    for (int i = 0; i < 4; i++)
        tasks[i] = co_spawn(uses_the_lock, (char)('A' + i), &lock);
    await(co_sleep(0.05));
    co_cancel(tasks[1]);
    co_cancel(tasks[3]);
    await(co_sleep(0.01));
    ev("locked %s", py_bool(co_lock_locked(&lock)));
    await(co_settlev(tasks, 4));
    ev("locked %s", py_bool(co_lock_locked(&lock)));
    return 0;
}

Test(lock_waiters, a_cancelled_waiter_leaves_and_the_order_stays)
{
    expect(lock_06, "t=0 A has\n"
                    "t=0.05 B cancelled\n"
                    "t=0.05 D cancelled\n"
                    "t=0.06 locked True\n"
                    "t=0.1 C has\n"
                    "t=0.2 locked False\n");
}

static int lock_06_all(void *)
{
    co_lock lock;

    co_lock_init(&lock);
    await(unguarded(co_lock_acquire(&lock)));
    co_task *a = co_spawn(uses_the_lock, 'A', &lock);
    co_task *b = co_spawn(uses_the_lock, 'B', &lock);
    await(co_sleep(0));
    co_cancel(a);
    co_cancel(b);
    co_lock_release(&lock);
    with_lock(&lock)
        evi("main has it at once");
    await(co_settle(a, b));
    return 0;
}

Test(lock_waiters, cancelled_waiters_do_not_block_others)
{
    expect(lock_06_all, "i=2 main has it at once\n"
                        "t=0 A cancelled\n"
                        "t=0 B cancelled\n");
}

static int fails_inside(co_lock *lock)
{
    with_lock(lock)
        return co_raise(CO_EVALUE, "inside");
    return 0;
}

struct sleeping {
    co_lock *lock;
};

static int sleeping(void *frame)
{
    with_lock(((const struct sleeping *)frame)->lock)
        await(co_sleep(9));
    return 0;
}

static int leaves_early(co_lock *lock)
{
    for (int i = 0; i < 3; i++)
        with_lock(lock)
            if (i == 1)
                return i;
    return 0;
}

static int lock_09(void *)
{
    co_lock lock;

    co_lock_init(&lock);
    int r = attempt(fails_inside(&lock));
    ev("%s locked %s", py_repr(r).s, py_bool(co_lock_locked(&lock)));

    co_task *task = co_spawn(sleeping, &lock);
    await(co_sleep(0.1));
    ev("locked %s", py_bool(co_lock_locked(&lock)));
    co_cancel(task);
    if (attempt(co_join(task)) == UV_ECANCELED)
        ev("cancelled, locked %s", py_bool(co_lock_locked(&lock)));

    r = await(leaves_early(&lock));
    ev("%d %s", r, py_bool(co_lock_locked(&lock)));
    return 0;
}

Test(lock_waiters, it_is_released_however_the_block_is_left)
{
    expect(lock_09, "t=0 ValueError('inside') locked False\n"
                    "t=0.1 locked True\n"
                    "t=0.1 cancelled, locked False\n"
                    "t=0.1 1 False\n");
}

struct takes_it_repeatedly {
    char name;
    co_lock *lock;
};

static int takes_it_repeatedly(void *frame)
{
    const struct takes_it_repeatedly *self = frame;

    for (int i = 0; i < 3; i++)
        with_lock(self->lock)
            evi("%c %d", self->name, i);
    return 0;
}

static int lock_12(void *)
{
    co_lock lock;

    co_lock_init(&lock);
    return await(co_gather(co_spawn(takes_it_repeatedly, 'A', &lock),
                           co_spawn(takes_it_repeatedly, 'B', &lock)));
}

Test(lock_waiters, LOCK_12_acquiring_a_free_lock_gives_no_other_task_a_turn)
{
    expect(lock_12, "i=2 A 0\n"
                    "i=2 A 1\n"
                    "i=2 A 2\n"
                    "i=2 B 0\n"
                    "i=2 B 1\n"
                    "i=2 B 2\n");
}
