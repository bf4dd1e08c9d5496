/* Barriers: the order in which tasks continue, reuse, reset, cancellation, and the loop
 * a barrier belongs to. The iteration in which each task continues is in
 * barrier_iterations.c.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

struct arrival {
    char name;
    co_barrier *barrier;
};

static int arrival(void *frame)
{
    const struct arrival *self = frame;

    evi("%c arrives", self->name);
    int place = await(co_barrier_wait(self->barrier));
    evi("%c passes with index %d", self->name, place);
    return 0;
}

static int barrier_01(void *)
{
    co_barrier barrier;

    co_barrier_init(&barrier, 3);
    await(co_gather(co_spawn(arrival, 'A', &barrier), co_spawn(arrival, 'B', &barrier),
                    co_spawn(arrival, 'C', &barrier)));
    return 0;
}

Test(barrier, BARRIER_01_the_last_task_does_not_wait_and_the_others_continue_in_order)
{
    expect(barrier_01, "i=2 A arrives\n"
                       "i=2 B arrives\n"
                       "i=2 C arrives\n"
                       "i=2 C passes with index 2\n"
                       "i=3 A passes with index 0\n"
                       "i=3 B passes with index 1\n");
}

struct rower {
    char name;
    co_barrier *barrier;
};

static int rower(void *frame)
{
    const struct rower *self = frame;

    for (int cycle = 0; cycle < 2; cycle++) {
        await(co_barrier_wait(self->barrier));
        ev("%c cycle %d", self->name, cycle);
    }
    return 0;
}

static int barrier_02(void *)
{
    co_barrier barrier;

    co_barrier_init(&barrier, 2);
    await(co_gather(co_spawn(rower, 'A', &barrier), co_spawn(rower, 'B', &barrier)));
    return 0;
}

Test(barrier, BARRIER_02_the_next_cycle_begins_when_all_have_left)
{
    expect(barrier_02, "t=0 B cycle 0\n"
                       "t=0 A cycle 0\n"
                       "t=0 B cycle 1\n"
                       "t=0 A cycle 1\n");
}

/* Prints that it passed the barrier, or the error. */
struct entrant {
    char name;
    co_barrier *barrier;
};

static int entrant(void *frame)
{
    const struct entrant *self = frame;
    int r = attempt(co_barrier_wait(self->barrier));

    if (r == CO_EBROKEN) {
        ev("%c %s: %s", self->name, py_exception(r), co_why());
        return 0;
    }
    if (r == UV_ECANCELED)
        ev("%c cancelled", self->name);
    await(r);
    ev("%c passed %d", self->name, r);
    return 0;
}

static int barrier_04(void *)
{
    co_barrier barrier;

    co_barrier_init(&barrier, 2);
    co_task *task = co_spawn(entrant, 'A', &barrier);
    await(co_sleep(0.1));
    await(co_barrier_reset(&barrier));
    await(co_join(task));
    await(
        co_gather(co_spawn(entrant, 'B', &barrier), co_spawn(entrant, 'C', &barrier)));
    return 0;
}

Test(barrier,
     BARRIER_04_a_reset_fails_the_waiting_tasks_and_the_barrier_can_be_used_again)
{
    expect(barrier_04, "t=0.1 A BrokenBarrierError: Abort or reset of barrier\n"
                       "t=0.1 C passed 1\n"
                       "t=0.1 B passed 0\n");
}

static int barrier_05(void *)
{
    co_barrier barrier;

    co_barrier_init(&barrier, 2);
    co_task *task = co_spawn(entrant, 'A', &barrier);
    await(co_sleep(0.1));
    co_cancel(task);
    await(co_settle(task));
    ev("n_waiting %d broken %s", co_barrier_waiting(&barrier),
       py_bool(co_barrier_broken(&barrier)));
    await(
        co_gather(co_spawn(entrant, 'B', &barrier), co_spawn(entrant, 'C', &barrier)));
    return 0;
}

Test(barrier, BARRIER_05_a_cancelled_task_leaves_without_breaking_the_barrier)
{
    expect(barrier_05, "t=0.1 A cancelled\n"
                       "t=0.1 n_waiting 0 broken False\n"
                       "t=0.1 C passed 1\n"
                       "t=0.1 B passed 0\n");
}

static int alone(void *)
{
    co_barrier barrier;

    co_barrier_init(&barrier, 1);
    evi("%d", await(co_barrier_wait(&barrier)));
    evi("%d", await(co_barrier_wait(&barrier)));
    int r = co_barrier_init(&barrier, 0);
    if (r < 0)
        line("%s: %s", py_exception(r), co_why());
    return 0;
}

Test(barrier, BARRIER_01_with_one_party_it_never_waits_and_zero_is_an_error)
{
    expect(alone, "i=1 0\n"
                  "i=1 0\n"
                  "ValueError: parties must be > 0\n");
}

/* ---- bound to a loop ----------------------------------------------------- */

static int lock_10_alone(void *frame)
{
    co_task *task = co_spawn(entrant, 'A', frame);

    await(co_sleep(0.1));
    co_cancel(task);
    await(co_settle(task));
    if (co_result(task) == CO_ERUNTIME)
        line("%s: %s", py_exception(CO_ERUNTIME), co_reason(task));
    return 0;
}

static int lock_10(void)
{
    co_barrier barrier;

    co_barrier_init(&barrier, 2);
    co_run_with(lock_10_alone, &barrier, NULL);
    co_run_with(lock_10_alone, &barrier, NULL);
    line("%d", co_barrier_waiting(&barrier));
    return 0;
}

/* In Python the waiting object is the condition inside the barrier. */
Test(barrier, LOCK_10_a_barrier_belongs_to_the_loop_of_its_first_wait)
{
    expect_program(lock_10, "t=0.1 A cancelled\n"
                            "RuntimeError: Barrier is bound to a different event loop\n"
                            "0\n");
}
