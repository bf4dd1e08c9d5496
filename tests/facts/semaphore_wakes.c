/* Semaphores: how many waiters a release wakes, and which are skipped. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

struct entrant {
    const char *name;
    co_semaphore *semaphore;
};

static int entrant(void *frame)
{
    const struct entrant *self = frame;

    await(co_semaphore_acquire(self->semaphore));
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

Test(semaphore_wakes, SEM_05_as_many_waiters_continue_at_once_as_slots_are_released)
{
    expect(sem_05, "i=2 released 2\n"
                   "i=3 A in\n"
                   "i=3 B in\n"
                   "i=3 released 1\n"
                   "i=4 C in\n");
}

/* Prints that it has acquired, or that it was cancelled. */
struct tries_the_lock {
    char name;
    co_semaphore *semaphore;
};

static int hope(const struct tries_the_lock *self)
{
    with_semaphore(self->semaphore)
        evi("%c in", self->name);
    return 0;
}

static int tries_the_lock(void *frame)
{
    const struct tries_the_lock *self = frame;
    int r = attempt(hope(self));

    if (r == UV_ECANCELED)
        evi("%c cancelled", self->name);
    return r;
}

static void report(const char *what, const co_semaphore *semaphore)
{
    evi("%svalue %u locked %s", what, semaphore->value,
        py_bool(co_semaphore_locked(semaphore)));
}

static int sem_06(void *)
{
    co_semaphore semaphore;
    co_task *tasks[3];

    co_semaphore_init(&semaphore, 1);
    await(unguarded(co_semaphore_acquire(&semaphore)));
    for (int i = 0; i < 3; i++)
        tasks[i] = co_spawn(tries_the_lock, (char)('A' + i), &semaphore);
    await(co_sleep(0));
    co_semaphore_release(&semaphore);
    co_cancel(tasks[0]);
    report("released, A cancelled; ", &semaphore);
    await(co_settlev(tasks, 3));
    report("", &semaphore);

    await(unguarded(co_semaphore_acquire(&semaphore)));
    for (int i = 0; i < 2; i++)
        tasks[i] = co_spawn(tries_the_lock, (char)('A' + i), &semaphore);
    await(co_sleep(0));
    co_cancel(tasks[0]);
    co_semaphore_release(&semaphore);
    report("A cancelled, released; ", &semaphore);
    await(co_settlev(tasks, 2));
    report("", &semaphore);
    return 0;
}

static const char sem_06_lines[] = "i=2 released, A cancelled; value 0 locked True\n"
                                   "i=3 A cancelled\n"
                                   "i=4 B in\n"
                                   "i=5 C in\n"
                                   "i=7 value 1 locked False\n"
                                   "i=8 A cancelled, released; value 0 locked True\n"
                                   "i=9 A cancelled\n"
                                   "i=9 B in\n"
                                   "i=11 value 1 locked False\n";

Test(semaphore_wakes, SEM_06_a_cancelled_waiter_passes_its_slot_on_and_the_order_stays)
{
    expect(sem_06, sem_06_lines);
    expect_as(313, sem_06, sem_06_lines);
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
        py_bool(co_semaphore_locked(self->semaphore)));
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

Test(semaphore_wakes, SEM_08_each_waiter_that_acquires_wakes_the_next)
{
    expect(sem_08, "i=2 c2 released 3; value 2 locked True\n"
                   "i=3 c1 in (starts c4)\n"
                   "i=4 c2 in\n"
                   "i=4 c4 runs\n"
                   "i=5 c3 in\n");
}

Test(semaphore_wakes,
     SEM_08_the_first_waiter_that_acquires_wakes_as_many_as_fit_since_313)
{
    expect_as(313, sem_08,
              "i=2 c2 released 3; value 2 locked True\n"
              "i=3 c1 in (starts c4)\n"
              "i=4 c2 in\n"
              "i=4 c3 in\n"
              "i=4 c4 runs\n");
}

/* Prints how many slots were left when it acquired. */
struct reports {
    char name;
    co_semaphore *semaphore;
};

static int reports(void *frame)
{
    const struct reports *self = frame;
    int r = attempt(co_semaphore_acquire(self->semaphore));

    if (r == UV_ECANCELED)
        evi("%c cancelled", self->name);
    await(r);
    evi("%c in; value %u", self->name, self->semaphore->value);
    return 0;
}

struct releaser {
    co_semaphore *semaphore;
};

static int releaser(void *frame)
{
    const struct releaser *self = frame;

    for (int i = 0; i < 3; i++)
        co_semaphore_release(self->semaphore);
    evi("released 3; value %u", self->semaphore->value);
    return 0;
}

static int sem_08_cancelled(void *)
{
    co_semaphore semaphore;

    co_semaphore_init(&semaphore, 0);
    co_task *a = co_spawn(reports, 'A', &semaphore);
    co_spawn(releaser, &semaphore);
    co_task *b = co_spawn(reports, 'B', &semaphore);
    co_task *c = co_spawn(reports, 'C', &semaphore);
    co_task *d = co_spawn(reports, 'D', &semaphore);
    await(co_sleep(0));
    co_cancel(b);
    await(co_sleep(0));
    co_semaphore_release(&semaphore);
    evi("released 1; value %u", semaphore.value);
    await(co_settle(a, b, c, d));
    return 0;
}

Test(semaphore_wakes, SEM_08_a_waiter_cancelled_meanwhile_is_skipped)
{
    expect(sem_08_cancelled, "i=2 released 3; value 2\n"
                             "i=3 A in; value 1\n"
                             "i=3 B cancelled\n"
                             "i=3 released 1; value 1\n"
                             "i=4 C in; value 1\n"
                             "i=4 D in; value 1\n");
    expect_as(313, sem_08_cancelled,
              "i=2 released 3; value 2\n"
              "i=3 A in; value 0\n"
              "i=3 B cancelled\n"
              "i=3 released 1; value 1\n"
              "i=4 C in; value 1\n"
              "i=4 D in; value 1\n");
}
