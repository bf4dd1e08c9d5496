/* Semaphores: how many are let in, and in which iteration. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/facts.h"

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

Test(facts, SEM_01_so_many_at_a_time_in_the_order_they_asked)
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
    struct saying other = EVI("other callback");
    co_semaphore semaphore;

    co_semaphore_init(&semaphore, 1);
    co_call_soon(&other.timer.callback);
    bool got = attempt(co_semaphore_acquire(&semaphore)) >= 0;
    evi("%s %s", yes(got), yes(co_semaphore_locked(&semaphore)));
    co_semaphore_release(&semaphore);
    evi("%s", yes(co_semaphore_locked(&semaphore)));
    await(co_sleep(0));
    return 0;
}

Test(facts, SEM_02_a_free_slot_is_had_without_suspending)
{
    expect(sem_02, "i=1 True True\n"
                   "i=1 False\n"
                   "i=2 other callback\n");
}

static int sem_04(void *)
{
    co_semaphore semaphore;

    co_semaphore_init(&semaphore, 1);
    co_semaphore_release(&semaphore);
    co_semaphore_release(&semaphore);
    line("%u", semaphore.value);
    return 0;
}

/* Without the bounded kind, and without negative values, which do not exist here.
 * The value is read where Python reads _value, behind the back of the interface.
 */
Test(facts, SEM_04_released_too_often_it_has_more_slots) { expect(sem_04, "3\n"); }

struct entrant {
    const char *name;
    co_semaphore *semaphore;
};

static int entrant(void *frame)
{
    const struct entrant *self = frame;

    await(co_semaphore_acquire(self->semaphore));
    if (self->name)
        evi("%s in", self->name);
    return 0;
}

static int sem_05(void *)
{
    co_semaphore semaphore;

    co_semaphore_init(&semaphore, 0);
    co_task *tasks[] = { co_spawn(entrant, "A", &semaphore),
                         co_spawn(entrant, "B", &semaphore),
                         co_spawn(entrant, "C", &semaphore) };
    await(co_sleep(0));
    co_semaphore_release(&semaphore);
    co_semaphore_release(&semaphore);
    evi("released 2");
    await(co_sleep(0));
    co_semaphore_release(&semaphore);
    evi("released 1");
    await(co_settlev(tasks, 3));
    return 0;
}

Test(facts, SEM_05_as_many_go_on_at_once_as_slots_are_given_back)
{
    expect(sem_05, "i=2 released 2\n"
                   "i=3 A in\n"
                   "i=3 B in\n"
                   "i=3 released 1\n"
                   "i=4 C in\n");
}

static int sem_07(void *)
{
    co_semaphore semaphore;

    co_semaphore_init(&semaphore, 1);
    await(co_semaphore_acquire(&semaphore));
    co_task *task = co_spawn(entrant, NULL, &semaphore);
    await(co_sleep(0));
    co_semaphore_release(&semaphore);
    co_semaphore_release(&semaphore);
    ev("value %u locked %s", semaphore.value, yes(co_semaphore_locked(&semaphore)));
    await(co_join(task));
    ev("value %u locked %s", semaphore.value, yes(co_semaphore_locked(&semaphore)));
    return 0;
}

Test(facts, SEM_07_it_is_locked_while_a_slot_is_handed_over)
{
    expect(sem_07, "t=0 value 1 locked True\n"
                   "t=0 value 1 locked False\n");
}

struct first {
    co_semaphore *semaphore;
};

static int first(void *frame)
{
    const struct first *self = frame;

    await(co_semaphore_acquire(self->semaphore));
    co_spawn(evi_task, "c4 runs");
    evi("c1 in (starts c4)");
    return 0;
}

struct second {
    co_semaphore *semaphore;
};

static int second(void *frame)
{
    const struct second *self = frame;

    for (int i = 0; i < 3; i++)
        co_semaphore_release(self->semaphore);
    evi("c2 released 3; value %u locked %s", self->semaphore->value,
        yes(co_semaphore_locked(self->semaphore)));
    await(co_semaphore_acquire(self->semaphore));
    evi("c2 in");
    return 0;
}

static int sem_08(void *)
{
    co_semaphore semaphore;

    co_semaphore_init(&semaphore, 0);
    await(co_settle(co_spawn(first, &semaphore), co_spawn(second, &semaphore),
                    co_spawn(entrant, "c3", &semaphore)));
    await(co_sleep(0));
    return 0;
}

Test(facts, SEM_08_each_who_is_let_in_wakes_the_next)
{
    expect(sem_08, "i=2 c2 released 3; value 2 locked True\n"
                   "i=3 c1 in (starts c4)\n"
                   "i=4 c2 in\n"
                   "i=4 c4 runs\n"
                   "i=5 c3 in\n");
}
