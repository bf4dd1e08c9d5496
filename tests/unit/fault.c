/* The torture itself: it disturbs where it says, and sees what it is there to see. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>

#include "tests/support/alloc_count.h"
#include "tests/support/expect.h"
#include "tests/support/fault.h"

static struct verdict disturb(co_fn *main, enum disturbance how, unsigned nth)
{
    const struct scenario scenario = { .main = main, .options.virtual_time = true };
    struct verdict normal = try(&scenario, UNDISTURBED, 0, NULL);

    cr_assert(eq(str, normal.complaint, ""));
    return try(&scenario, how, nth, &normal);
}

static void expect_complaint(co_fn *main, const char *complaint)
{
    struct verdict verdict = disturb(main, PARKED, 1);

    cr_assert(verdict.disturbed);
    cr_assert(eq(str, verdict.complaint, (char *)complaint));
}

/* ---- where it disturbs --------------------------------------------------- */

static int thrice(void *)
{
    await(co_sleep(1));
    await(co_sleep(0));
    await(co_join(co_spawn(sleeper, 1)));
    return 0;
}

static unsigned count_places(enum disturbance how)
{
    unsigned nth = 0;

    for (;;) {
        struct verdict verdict = disturb(thrice, how, ++nth);
        cr_assert(eq(str, verdict.complaint, ""));
        if (!verdict.disturbed)
            return nth - 1;
    }
}

Test(trial, disturbs_every_wait_wake_and_start)
{
    cr_assert(eq(uint, count_places(PARKED), 4));
    cr_assert(eq(uint, count_places(LATER), 4));
    cr_assert(eq(uint, count_places(WOKEN), 3)); /* who gives way is not woken */
    cr_assert(eq(uint, count_places(UNBORN), 2));
}

/* ---- what it sees -------------------------------------------------------- */

static int keeps_the_lock(void *)
{
    co_lock lock;

    co_lock_init(&lock);
    await(co_lock_acquire(&lock));
    await(co_sleep(1));
    return co_lock_release(&lock);
}

Test(trial, sees_a_lock_that_stays_held)
{
    expect_complaint(keeps_the_lock, "what was acquired is not released");
}

static int goes_on_for_ever(void *)
{
    while (attempt(co_sleep(1)) < 0)
        while (attempt(co_sleep(1)) == 0)
            ;
    return 0;
}

Test(trial, sees_that_it_does_not_end)
{
    expect_complaint(goes_on_for_ever, "does not end");
}

static int refuses_to_end(void *)
{
    co_future never;

    co_future_init(&never);
    if (attempt(co_sleep(1)) < 0)
        while (attempt(co_join(&never)) < 0)
            co_future_init(&never);
    return 0;
}

Test(trial, sees_a_task_that_never_ends)
{
    expect_complaint(refuses_to_end, "a task never ends");
}

struct visitor {
    co_lock *lock;
};

static int visitor(void *frame)
{
    with_lock(((const struct visitor *)frame)->lock)
        await(co_sleep(1));
    return 0;
}

/* What would happen if the lock did not pass on what the first visitor was given. */
static int loses_the_lock(void *)
{
    co_lock lock;

    co_lock_init(&lock);
    await(co_lock_acquire(&lock));
    co_task *task = co_spawn(visitor, &lock);
    bool lost = attempt(co_sleep(1)) < 0;
    if (lost)
        lock.locked = false;
    else
        co_lock_release(&lock);
    return attempt(co_join(task));
}

Test(trial, sees_who_waits_for_what_nobody_has)
{
    expect_complaint(loses_the_lock, "somebody waits for a free lock");
}

static void *forgotten;

static int forgets_memory(void *)
{
    forgotten = malloc(1);
    await(co_sleep(1));
    free(forgotten);
    return 0;
}

Test(trial, sees_memory_that_is_not_given_back)
{
    if (blocks_in_use() < 0) /* nobody counts here */
        return;
    expect_complaint(forgets_memory, "blocks of memory in use: +1");
    free(forgotten);
}

static int another_every_time(void *)
{
    static int runs;

    line("run %d", ++runs);
    return 0;
}

Test(trial, sees_a_program_that_cannot_run_twice)
{
    struct verdict verdict = disturb(another_every_time, UNDISTURBED, 0);

    cr_assert(eq(str, verdict.complaint, "does not print the same when it runs again"));
}

Test(trial, lets_one_allocation_fail)
{
    blocks_fail(2);
    void *first = malloc(1), *second = malloc(1), *third = malloc(1);
    bool failed = blocks_fail(0);

    free(first);
    free(second);
    free(third);
    if (failed) /* unless nobody here can let it */
        cr_assert(first && !second && third);
}
