/* barrier.h: places, states, errors. How barriers behave in asyncio, to the iteration,
 * is in facts/barrier.c and facts/barrier_iterations.c.
 */
#include <criterion/criterion.h>

#include "tests/support/expect.h"

static co_barrier barrier;

struct waits {
};

static int waits(void *)
{
    int r = attempt(co_barrier_wait(&barrier));

    if (r < 0)
        ev("%s %s", co_name(co_self()), py_exception(r));
    else
        ev("%s place %d", co_name(co_self()), r);
    return 0;
}

static int two_parties(void *)
{
    line("%d", co_barrier_init(&barrier, 2));
    co_task *first = co_spawn(waits);
    await(co_sleep(1));
    line("%d of %d", co_barrier_waiting(&barrier), co_barrier_parties(&barrier));
    return await(co_gather(first, co_spawn(waits)));
}

Test(barrier, releases_its_parties_when_the_last_one_arrives)
{
    expect(two_parties, "0\n"
                        "1 of 2\n"
                        "t=1 Task-3 place 1\n"
                        "t=1 Task-2 place 0\n");
}

static int no_parties(void *)
{
    line("%s", py_exception(co_barrier_init(&barrier, 0)));
    line("%s", py_exception(co_barrier_init(&barrier, -1)));
    return 0;
}

Test(barrier, needs_a_party) { expect(no_parties, "ValueError\nValueError\n"); }

static int aborted(void *)
{
    co_barrier_init(&barrier, 2);
    co_task *task = co_spawn(waits);
    await(co_sleep(1));
    await(co_barrier_abort(&barrier));
    line("%s", py_bool(co_barrier_broken(&barrier)));
    await(co_join(task));
    await(co_call(waits));
    await(co_barrier_reset(&barrier));
    line("%s", py_bool(co_barrier_broken(&barrier)));
    return 0;
}

Test(barrier, fails_every_wait_from_abort_to_reset)
{
    expect(aborted, "True\n"
                    "t=1 Task-2 BrokenBarrierError\n"
                    "t=1 Task-1 BrokenBarrierError\n"
                    "False\n");
}
