/* Semaphores: how many tasks acquire at once, bounded ones, and in which iteration. The
 * choice of the woken waiters is in semaphore_wakes.c.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

struct guest {
    int n;
    co_semaphore *semaphore;
};

static int guest(void *frame)
{
    const struct guest *self = frame;

    with_semaphore(self->semaphore) {
        ev("%d in", self->n);
        await(co_sleep(0.1));
    }
    ev("%d out", self->n);
    return 0;
}

static int sem_01(void *)
{
    co_semaphore semaphore;
    co_task *tasks[5];

    co_semaphore_init(&semaphore, 2);
    for (int i = 0; i < 5; i++)
        tasks[i] = co_spawn(guest, i, &semaphore);
    await(co_gatherv(tasks, 5));
    return 0;
}

Test(semaphore, SEM_01_n_tasks_at_a_time_in_the_order_they_asked)
{
    expect(sem_01, "t=0 0 in\n"
                   "t=0 1 in\n"
                   "t=0.1 0 out\n"
                   "t=0.1 1 out\n"
                   "t=0.1 2 in\n"
                   "t=0.1 3 in\n"
                   "t=0.2 2 out\n"
                   "t=0.2 3 out\n"
                   "t=0.2 4 in\n"
                   "t=0.3 4 out\n");
}

static int sem_02(void *)
{
    struct ev_callback other = EVI("other callback");
    co_semaphore semaphore;

    co_semaphore_init(&semaphore, 1);
    co_call_soon(&other.timer.callback);
    bool got = attempt(co_semaphore_acquire(&semaphore)) >= 0;
    evi("%s %s", py_bool(got), py_bool(co_semaphore_locked(&semaphore)));
    co_semaphore_release(&semaphore);
    evi("%s", py_bool(co_semaphore_locked(&semaphore)));
    await(co_sleep(0));
    return 0;
}

Test(semaphore, SEM_02_a_free_slot_is_acquired_without_suspending)
{
    expect(sem_02, "i=1 True True\n"
                   "i=1 False\n"
                   "i=2 other callback\n");
}

/* Acquires the only slot, and again as soon as it has released it. */
struct holder {
    co_semaphore *semaphore;
};

static int holder(void *frame)
{
    const struct holder *self = frame;

    with_semaphore(self->semaphore) {
        ev("A in");
        await(co_sleep(0.1));
    }
    ev("A released");
    with_semaphore(self->semaphore)
        ev("A in again");
    return 0;
}

struct queuer {
    co_semaphore *semaphore;
};

static int queuer(void *frame)
{
    const struct queuer *self = frame;

    with_semaphore(self->semaphore) {
        ev("B in");
        await(co_sleep(0.1));
    }
    return 0;
}

struct latecomer {
    co_semaphore *semaphore;
};

static int latecomer(void *frame)
{
    const struct latecomer *self = frame;

    await(co_sleep(0.1));
    ev("C locked %s", py_bool(co_semaphore_locked(self->semaphore)));
    with_semaphore(self->semaphore)
        ev("C in");
    return 0;
}

static int sem_03(void *)
{
    co_semaphore semaphore;

    co_semaphore_init(&semaphore, 1);
    await(co_gather(co_spawn(holder, &semaphore), co_spawn(queuer, &semaphore),
                    co_spawn(latecomer, &semaphore)));
    return 0;
}

Test(semaphore, SEM_03_no_task_overtakes_the_waiters)
{
    expect(sem_03, "t=0 A in\n"
                   "t=0.1 A released\n"
                   "t=0.1 C locked True\n"
                   "t=0.1 B in\n"
                   "t=0.2 A in again\n"
                   "t=0.2 C in\n");
}

static void refused(int r)
{
    if (r < 0)
        line("%s: %s", py_exception(r), co_why());
}

static int sem_04(void *)
{
    co_semaphore semaphore, bounded;

    refused(co_semaphore_init(&semaphore, 1));
    co_semaphore_release(&semaphore);
    co_semaphore_release(&semaphore);
    line("%u", semaphore.value);
    refused(co_semaphore_init_bounded(&bounded, 1));
    refused(co_semaphore_release(&bounded));
    refused(co_semaphore_init(&semaphore, -1));
    return 0;
}

/* Reads the private value, as the original does. */
Test(semaphore, SEM_04_released_too_often_it_has_more_slots_unless_it_is_bounded)
{
    expect(sem_04, "3\n"
                   "ValueError: BoundedSemaphore released too many times\n"
                   "ValueError: Semaphore initial value must be >= 0\n");
}

static int bounded(void *)
{
    co_semaphore semaphore;

    co_semaphore_init_bounded(&semaphore, 2);
    with_semaphore(&semaphore)
        with_semaphore(&semaphore)
            line("%u %s", semaphore.value, py_bool(co_semaphore_locked(&semaphore)));
    line("%u", semaphore.value);
    refused(co_semaphore_release(&semaphore));
    refused(co_semaphore_init_bounded(&semaphore, -1));
    refused(co_semaphore_release(&semaphore));
    return 0;
}

Test(semaphore, SEM_04_a_bounded_semaphore_accepts_as_many_releases_as_acquires)
{
    expect(bounded, "0 True\n"
                    "2\n"
                    "ValueError: BoundedSemaphore released too many times\n"
                    "ValueError: Semaphore initial value must be >= 0\n"
                    "ValueError: BoundedSemaphore released too many times\n");
}

struct entrant {
    co_semaphore *semaphore;
};

static int entrant(void *frame)
{
    return await(co_semaphore_acquire(((const struct entrant *)frame)->semaphore));
}

static int sem_07(void *)
{
    co_semaphore semaphore;

    co_semaphore_init(&semaphore, 1);
    await(unguarded(co_semaphore_acquire(&semaphore)));
    co_task *task = co_spawn(entrant, &semaphore);
    await(co_sleep(0));
    co_semaphore_release(&semaphore);
    co_semaphore_release(&semaphore);
    ev("value %u locked %s", semaphore.value, py_bool(co_semaphore_locked(&semaphore)));
    await(co_join(task));
    ev("value %u locked %s", semaphore.value, py_bool(co_semaphore_locked(&semaphore)));
    return 0;
}

Test(semaphore, SEM_07_it_is_locked_until_a_woken_waiter_has_run)
{
    expect(sem_07, "t=0 value 1 locked True\n"
                   "t=0 value 1 locked False\n");
}
