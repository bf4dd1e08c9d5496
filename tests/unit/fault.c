/* tests/support/fault.c: a fault is injected at each place there is, and each thing the
 * run must not do makes it fail.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>

#include "tests/support/alloc_count.h"
#include "tests/support/expect.h"
#include "tests/support/fault.h"

static struct fault_result run_with(co_fn *main, enum fault fault, unsigned nth)
{
    const struct fault_program program = { .main = main, .options.virtual_time = true };
    struct fault_result baseline = fault_run(&program, NO_FAULT, 0, NULL);

    cr_assert(eq(str, baseline.failure, ""));
    return fault_run(&program, fault, nth, &baseline);
}

/* What the run reports when the task is cancelled at its first wait. */
static void expect_failure(co_fn *main, const char *failure)
{
    struct fault_result result = run_with(main, CANCEL_AT_WAIT, 1);

    cr_assert(result.injected);
    cr_assert(eq(str, result.failure, (char *)failure));
}

/* ---- the places ---------------------------------------------------------- */

static int waits_three_times(void *)
{
    await(co_sleep(1));
    await(co_sleep(0));
    await(co_join(co_spawn(sleeper, 1)));
    return 0;
}

static unsigned count_places(enum fault fault)
{
    unsigned nth = 0;

    for (;;) {
        struct fault_result result = run_with(waits_three_times, fault, ++nth);
        cr_assert(eq(str, result.failure, ""));
        if (!result.injected)
            return nth - 1;
    }
}

Test(fault, cancels_at_every_wait_wake_and_start)
{
    cr_assert(eq(uint, count_places(CANCEL_AT_WAIT), 4));
    cr_assert(eq(uint, count_places(CANCEL_AFTER_WAIT), 4));
    cr_assert(eq(uint, count_places(CANCEL_AT_WAKE), 3)); /* sleep(0) has no wake-up */
    cr_assert(eq(uint, count_places(CANCEL_BEFORE_START), 2));
}

/* ---- the checks ---------------------------------------------------------- */

static int keeps_the_lock(void *)
{
    co_lock lock;

    co_lock_init(&lock);
    await(co_lock_acquire(&lock));
    await(co_sleep(1));
    return co_lock_release(&lock);
}

Test(fault, reports_a_lock_that_is_not_released)
{
    expect_failure(keeps_the_lock, "what is acquired is not released");
}

static int sleeps_for_ever_if_cancelled(void *)
{
    while (attempt(co_sleep(1)) < 0)
        while (attempt(co_sleep(1)) == 0)
            ;
    return 0;
}

Test(fault, reports_a_program_that_does_not_end)
{
    expect_failure(sleeps_for_ever_if_cancelled, "does not end");
}

static int refuses_cancellation(void *)
{
    co_future never;

    co_future_init(&never);
    if (attempt(co_sleep(1)) < 0)
        while (attempt(co_join(&never)) < 0)
            co_future_init(&never);
    return 0;
}

Test(fault, reports_a_task_that_never_ends)
{
    expect_failure(refuses_cancellation, "a task never ends");
}

struct waits_for_the_lock {
    co_lock *lock;
};

static int waits_for_the_lock(void *frame)
{
    with_lock(((const struct waits_for_the_lock *)frame)->lock)
        await(co_sleep(1));
    return 0;
}

/* Unlocks without waking the waiter, as a faulty release would. */
static int loses_a_wakeup(void *)
{
    co_lock lock;

    co_lock_init(&lock);
    await(co_lock_acquire(&lock));
    co_task *task = co_spawn(waits_for_the_lock, &lock);
    if (attempt(co_sleep(1)) < 0)
        lock.locked = false;
    else
        co_lock_release(&lock);
    return attempt(co_join(task));
}

Test(fault, reports_a_lost_wakeup)
{
    expect_failure(loses_a_wakeup, "lost wake-up: a task waits for a free lock");
}

static void *leaked;

static int leaks_memory(void *)
{
    leaked = malloc(1);
    await(co_sleep(1));
    free(leaked);
    return 0;
}

Test(fault, reports_memory_that_is_not_freed)
{
    if (alloc_count() < 0) /* nothing counts in this build */
        return;
    expect_failure(leaks_memory, "blocks of memory in use: +1");
    free(leaked);
}

static int prints_a_different_line_each_run(void *)
{
    static int runs;

    line("run %d", ++runs);
    return 0;
}

Test(fault, reports_a_program_that_prints_something_else_when_it_runs_again)
{
    struct fault_result result =
        run_with(prints_a_different_line_each_run, NO_FAULT, 0);

    cr_assert(eq(str, result.failure, "does not print the same when it runs again"));
}

Test(fault, makes_one_allocation_fail)
{
    alloc_fail_at(2);
    void *first = malloc(1), *second = malloc(1), *third = malloc(1);
    bool failed = alloc_fail_at(0);

    free(first);
    free(second);
    free(third);
    if (failed) /* unless this build cannot make it fail */
        cr_assert(first && !second && third);
}
