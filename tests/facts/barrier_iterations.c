/* Barriers: in which iteration each task continues, fails, or joins the next cycle,
 * with abort, reset and cancellation at critical moments.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "tests/support/expect.h"

struct job {
    char name;
    co_barrier *barrier;
    int cycles;
};

static int job(void *frame)
{
    const struct job *self = frame;
    int r = 0;

    for (int cycle = 0; cycle < self->cycles && r != UV_ECANCELED; cycle++) {
        r = attempt(co_barrier_wait(self->barrier));
        if (r == UV_ECANCELED)
            evi("%c cancelled", self->name);
        else if (r == CO_EBROKEN)
            evi("%c %s: %s", self->name, py_exception(r), co_why());
        else
            evi("%c passes %d", self->name, r);
    }
    return r == UV_ECANCELED ? r : 0;
}

enum { MOST_JOBS = 8 };

/* Append a job for each letter. */
static void spawn(co_task *tasks[], const char *names, co_barrier *barrier, int cycles)
{
    while (*tasks)
        tasks++;
    for (; *names; names++)
        *tasks++ = co_spawn(job, *names, barrier, cycles);
}

static co_checked int settle(co_task *tasks[])
{
    size_t count = 0;

    while (tasks[count])
        count++;
    int r = attempt(co_settlev(tasks, count));
    memset(tasks, 0, count * sizeof(*tasks));
    return r;
}

static void report(const co_barrier *barrier)
{
    evi("waiting %d of %d broken %s", co_barrier_waiting(barrier),
        co_barrier_parties(barrier), py_bool(co_barrier_broken(barrier)));
}

static int barrier_02_cycles(void *)
{
    co_task *tasks[MOST_JOBS] = {};
    co_barrier barrier;

    co_barrier_init(&barrier, 3);
    spawn(tasks, "ABC", &barrier, 3);
    await(settle(tasks));
    report(&barrier);
    return 0;
}

Test(barrier_iterations, BARRIER_02_the_order_of_leaving_and_the_next_cycle)
{
    expect(barrier_02_cycles, "i=2 C passes 2\n"
                              "i=3 A passes 0\n"
                              "i=3 B passes 1\n"
                              "i=4 A passes 2\n"
                              "i=5 B passes 0\n"
                              "i=5 C passes 1\n"
                              "i=6 B passes 2\n"
                              "i=7 C passes 0\n"
                              "i=7 A passes 1\n"
                              "i=9 waiting 0 of 3 broken False\n");
}

static int barrier_03(void *)
{
    co_task *tasks[MOST_JOBS] = {};
    co_barrier barrier;

    co_barrier_init(&barrier, 3);
    spawn(tasks, "AB", &barrier, 1);
    await(co_sleep(0));
    report(&barrier);
    await(co_barrier_abort(&barrier));
    report(&barrier);
    spawn(tasks, "C", &barrier, 1);
    await(settle(tasks));
    report(&barrier);

    await(co_barrier_reset(&barrier));
    report(&barrier);
    spawn(tasks, "DEF", &barrier, 1);
    await(settle(tasks));
    return 0;
}

Test(barrier_iterations, BARRIER_03_an_abort_breaks_it_for_all_until_it_is_reset)
{
    expect(barrier_03, "i=2 waiting 2 of 3 broken False\n"
                       "i=2 waiting 0 of 3 broken True\n"
                       "i=3 A BrokenBarrierError: Abort or reset of barrier\n"
                       "i=3 B BrokenBarrierError: Abort or reset of barrier\n"
                       "i=3 C BrokenBarrierError: Barrier aborted\n"
                       "i=5 waiting 0 of 3 broken True\n"
                       "i=5 waiting 0 of 3 broken False\n"
                       "i=6 F passes 2\n"
                       "i=7 D passes 0\n"
                       "i=7 E passes 1\n");
}

static int barrier_03_draining(void *)
{
    co_task *tasks[MOST_JOBS] = {};
    co_barrier barrier;

    co_barrier_init(&barrier, 3);
    spawn(tasks, "ABCDE", &barrier, 1);
    await(co_sleep(0));
    report(&barrier);
    await(co_barrier_abort(&barrier));
    report(&barrier);
    await(settle(tasks));
    report(&barrier);
    return 0;
}

Test(
    barrier_iterations,
    BARRIER_03_an_abort_fails_tasks_that_are_released_and_tasks_that_wait_for_the_next_cycle)
{
    expect(barrier_03_draining, "i=2 C passes 2\n"
                                "i=2 waiting 0 of 3 broken False\n"
                                "i=2 waiting 0 of 3 broken True\n"
                                "i=3 A BrokenBarrierError: Abort or reset of barrier\n"
                                "i=3 B BrokenBarrierError: Abort or reset of barrier\n"
                                "i=3 D BrokenBarrierError: Barrier aborted\n"
                                "i=3 E BrokenBarrierError: Barrier aborted\n"
                                "i=5 waiting 0 of 3 broken True\n");
}

static int barrier_04_draining(void *)
{
    co_task *tasks[MOST_JOBS] = {};
    co_barrier barrier;

    co_barrier_init(&barrier, 3);
    spawn(tasks, "ABCDE", &barrier, 1);
    await(co_sleep(0));
    report(&barrier);
    await(co_barrier_reset(&barrier));
    report(&barrier);
    await(co_sleep(0));
    report(&barrier);
    spawn(tasks, "F", &barrier, 1);
    await(settle(tasks));
    report(&barrier);
    return 0;
}

Test(
    barrier_iterations,
    BARRIER_04_a_reset_fails_tasks_that_are_released_but_not_tasks_that_wait_for_the_next_cycle)
{
    expect(barrier_04_draining, "i=2 C passes 2\n"
                                "i=2 waiting 0 of 3 broken False\n"
                                "i=2 waiting 0 of 3 broken False\n"
                                "i=3 A BrokenBarrierError: Abort or reset of barrier\n"
                                "i=3 B BrokenBarrierError: Abort or reset of barrier\n"
                                "i=3 waiting 2 of 3 broken False\n"
                                "i=4 F passes 2\n"
                                "i=5 D passes 0\n"
                                "i=5 E passes 1\n"
                                "i=7 waiting 0 of 3 broken False\n");
}

static int barrier_04_again(void *)
{
    co_task *tasks[MOST_JOBS] = {};
    co_barrier barrier;

    co_barrier_init(&barrier, 3);
    await(co_barrier_reset(&barrier));
    report(&barrier);
    spawn(tasks, "AB", &barrier, 1);
    await(co_sleep(0));
    report(&barrier);
    await(co_barrier_reset(&barrier));
    await(co_barrier_reset(&barrier));
    report(&barrier);
    spawn(tasks, "CD", &barrier, 1);
    for (int i = 0; i < 3; i++) {
        await(co_sleep(0));
        report(&barrier);
    }
    spawn(tasks, "E", &barrier, 1);
    await(settle(tasks));
    report(&barrier);
    return 0;
}

Test(barrier_iterations, BARRIER_04_it_may_be_reset_when_empty_or_draining)
{
    expect(barrier_04_again, "i=1 waiting 0 of 3 broken False\n"
                             "i=2 waiting 2 of 3 broken False\n"
                             "i=2 waiting 0 of 3 broken False\n"
                             "i=3 A BrokenBarrierError: Abort or reset of barrier\n"
                             "i=3 B BrokenBarrierError: Abort or reset of barrier\n"
                             "i=3 waiting 2 of 3 broken False\n"
                             "i=4 waiting 2 of 3 broken False\n"
                             "i=5 waiting 2 of 3 broken False\n"
                             "i=6 E passes 2\n"
                             "i=7 C passes 0\n"
                             "i=7 D passes 1\n"
                             "i=9 waiting 0 of 3 broken False\n");
}

static int barrier_05(void *)
{
    co_task *tasks[MOST_JOBS] = {};
    co_barrier barrier;

    co_barrier_init(&barrier, 3);
    spawn(tasks, "ABCD", &barrier, 1);
    await(co_sleep(0));
    co_cancel(tasks[1]);
    co_cancel(tasks[3]);
    report(&barrier);
    await(settle(tasks));
    report(&barrier);

    spawn(tasks, "EF", &barrier, 1);
    await(co_sleep(0));
    report(&barrier);
    co_cancel(tasks[0]);
    await(co_sleep(0));
    report(&barrier);
    spawn(tasks, "GH", &barrier, 1);
    await(settle(tasks));
    return 0;
}

Test(barrier_iterations, BARRIER_05_places_of_cancelled_tasks_are_used_again)
{
    expect(barrier_05, "i=2 C passes 2\n"
                       "i=2 waiting 0 of 3 broken False\n"
                       "i=3 A passes 0\n"
                       "i=3 B cancelled\n"
                       "i=3 D cancelled\n"
                       "i=5 waiting 0 of 3 broken False\n"
                       "i=6 waiting 2 of 3 broken False\n"
                       "i=7 E cancelled\n"
                       "i=7 waiting 1 of 3 broken False\n"
                       "i=8 H passes 2\n"
                       "i=9 F passes 1\n"
                       "i=9 G passes 1\n");
}

static int barrier_05_all(void *)
{
    co_task *tasks[MOST_JOBS] = {};
    co_barrier barrier;

    co_barrier_init(&barrier, 2);
    spawn(tasks, "A", &barrier, 1);
    await(co_sleep(0));
    co_cancel(tasks[0]);
    await(co_barrier_abort(&barrier));
    await(settle(tasks));
    report(&barrier);
    spawn(tasks, "B", &barrier, 1);
    await(settle(tasks));
    await(co_barrier_reset(&barrier));
    report(&barrier);
    spawn(tasks, "CD", &barrier, 1);
    await(settle(tasks));
    return 0;
}

Test(barrier_iterations,
     BARRIER_05_a_cancellation_takes_precedence_over_a_broken_barrier)
{
    expect(barrier_05_all, "i=3 A cancelled\n"
                           "i=5 waiting 0 of 2 broken True\n"
                           "i=6 B BrokenBarrierError: Barrier aborted\n"
                           "i=8 waiting 0 of 2 broken False\n"
                           "i=9 D passes 1\n"
                           "i=10 C passes 0\n");
}
