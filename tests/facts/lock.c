/* Locks: order, errors, deadlock, and in which iteration the next holder continues.
 * Cancelled and late waiters are in lock_waiters.c.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

struct uses_the_lock {
    char name;
    co_lock *lock;
};

static int uses_the_lock(void *frame)
{
    const struct uses_the_lock *self = frame;

    ev("%c wants", self->name);
    with_lock(self->lock) {
        ev("%c has", self->name);
        await(co_sleep(0.1));
    }
    ev("%c released", self->name);
    return 0;
}

static int lock_01(void *)
{
    co_lock lock;

    co_lock_init(&lock);
    await(co_gather(co_spawn(uses_the_lock, 'A', &lock),
                    co_spawn(uses_the_lock, 'B', &lock),
                    co_spawn(uses_the_lock, 'C', &lock)));
    return 0;
}

Test(lock, LOCK_01_one_task_at_a_time_in_the_order_they_asked)
{
    expect(lock_01, "t=0 A wants\n"
                    "t=0 A has\n"
                    "t=0 B wants\n"
                    "t=0 C wants\n"
                    "t=0.1 A released\n"
                    "t=0.1 B has\n"
                    "t=0.2 B released\n"
                    "t=0.2 C has\n"
                    "t=0.3 C released\n");
}

static int lock_02(void *)
{
    struct ev_callback other = EVI("other callback");
    co_lock lock;

    co_lock_init(&lock);
    co_call_soon(&other.timer.callback);
    bool got = attempt(co_lock_acquire(&lock)) >= 0;
    evi("%s %s", py_bool(got), py_bool(co_lock_locked(&lock)));
    co_lock_release(&lock);
    with_lock(&lock)
        evi("None %s", py_bool(co_lock_locked(&lock)));
    evi("%s", py_bool(co_lock_locked(&lock)));
    await(co_sleep(0));
    return 0;
}

Test(lock, LOCK_02_a_free_lock_is_acquired_without_suspending)
{
    expect(lock_02, "i=1 True True\n"
                    "i=1 None True\n"
                    "i=1 False\n"
                    "i=2 other callback\n");
}

struct releaser {
    co_lock *lock;
};

static int releaser(void *frame)
{
    const struct releaser *self = frame;

    co_lock_release(self->lock);
    line("released by another task");
    return 0;
}

static int lock_04(void *)
{
    co_lock lock;

    co_lock_init(&lock);
    int r = co_lock_release(&lock);
    if (r < 0)
        line("%s: %s", py_exception(r), co_why());
    await(unguarded(co_lock_acquire(&lock)));
    await(co_join(co_spawn(releaser, &lock)));
    line("%s", py_bool(co_lock_locked(&lock)));
    return 0;
}

Test(lock, LOCK_04_any_task_may_release_but_not_a_free_lock)
{
    expect(lock_04, "RuntimeError: Lock is not acquired.\n"
                    "released by another task\n"
                    "False\n");
}

static int lock_05(void *)
{
    co_lock lock;

    co_lock_init(&lock);
    with_lock(&lock) {
        ev("first");
        with_lock(&lock)
            ev("never");
    }
    return 0;
}

static int lock_05_program(void)
{
    return co_run(lock_05, NULL) == CO_EDEADLK ? 0 : CO_ERUNTIME;
}

Test(lock, LOCK_05_acquiring_twice_is_a_deadlock)
{
    expect_program(lock_05_program, "t=0 first\n"
                                    "t=0 DEADLOCK (nothing ready, no timer: "
                                    "the loop would block forever)\n");
}

struct tries_the_lock {
    char name;
    co_lock *lock;
};

static int hope(const struct tries_the_lock *self)
{
    with_lock(self->lock)
        ev("%c has", self->name);
    return 0;
}

static int tries_the_lock(void *frame)
{
    const struct tries_the_lock *self = frame;
    int r = attempt(hope(self));

    if (r == UV_ECANCELED)
        ev("%c cancelled", self->name);
    return r;
}

static int lock_07(void *)
{
    co_lock lock;

    co_lock_init(&lock);
    await(unguarded(co_lock_acquire(&lock)));
    co_task *b = co_spawn(tries_the_lock, 'B', &lock);
    co_task *c = co_spawn(tries_the_lock, 'C', &lock);
    await(co_sleep(0));
    co_lock_release(&lock);
    co_cancel(b);
    await(co_settle(b, c));
    ev("locked %s", py_bool(co_lock_locked(&lock)));
    return 0;
}

Test(lock, LOCK_07_a_cancelled_waiter_passes_the_wake_up_on)
{
    expect(lock_07, "t=0 B cancelled\n"
                    "t=0 C has\n"
                    "t=0 locked False\n");
}

struct next_holder {
    co_lock *lock;
};

static int next_holder(void *frame)
{
    const struct next_holder *self = frame;

    with_lock(self->lock)
        evi("B has it");
    return 0;
}

static int lock_08(void *)
{
    co_lock lock;

    co_lock_init(&lock);
    await(unguarded(co_lock_acquire(&lock)));
    co_task *task = co_spawn(next_holder, &lock);
    await(co_sleep(0));
    evi("release");
    co_lock_release(&lock);
    await(co_join(task));
    return 0;
}

Test(lock, LOCK_08_the_next_holder_continues_one_iteration_later)
{
    expect(lock_08, "i=2 release\n"
                    "i=3 B has it\n");
}

struct regular {
    char name;
    co_lock *lock;
};

static int regular(void *frame)
{
    const struct regular *self = frame;

    for (int i = 0; i < 2; i++)
        with_lock(self->lock) {
            ev("%c %d", self->name, i);
            await(co_sleep(0.2));
        }
    return 0;
}

static int lock_11(void *)
{
    co_lock lock;

    co_lock_init(&lock);
    await(co_gather(co_spawn(regular, 'A', &lock), co_spawn(regular, 'B', &lock),
                    co_spawn(regular, 'C', &lock)));
    return 0;
}

Test(lock, LOCK_11_the_releasing_task_cannot_overtake_the_waiters)
{
    expect(lock_11, "t=0 A 0\n"
                    "t=0.2 B 0\n"
                    "t=0.4 C 0\n"
                    "t=0.6 A 1\n"
                    "t=0.8 B 1\n"
                    "t=1 C 1\n");
}
