/* core/loop_switch.c: each runner has a loop of its own; the state of an idle one is
 * kept until it runs again. More is in facts/runner_alternating.c.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "engine/core/loop_switch.h"
#include "tests/support/expect.h"

static size_t idle_loops(void)
{
    size_t count = 0;

    co_list_each(link, &co_loop_now->idle)
        count++;
    return count;
}

static int spawns(void *)
{
    co_keep(co_spawn(ev_task, "of the first"));
    return 0;
}

static int yields(void *)
{
    await(co_sleep(0));
    line("second runs");
    return 0;
}

static int alternates(void)
{
    co_runner first, second;

    co_runner_init(&first);
    co_runner_init(&second);
    await(co_runner_run(&first, spawns, NULL));
    const uint64_t serial = co_loop_now->serial;
    await(co_runner_run(&second, yields, NULL));
    cr_expect(co_loop_now->serial != serial);
    cr_expect(ge(sz, idle_loops(), 1));
    await(co_runner_run(&first, yields, NULL));
    cr_expect(co_loop_now->serial == serial);
    await(co_runner_close(&first, 0));
    return co_runner_close(&second, 0);
}

Test(loop_switch, keeps_the_ready_queue_of_an_idle_loop)
{
    expect_program(alternates, "t=0 of the first\n"
                               "second runs\n"
                               "second runs\n");
}

static int leaves_all(void)
{
    co_runner first, second;

    co_runner_init(&first);
    co_runner_init(&second);
    await(co_runner_run(&first, yields, NULL));
    await(co_runner_run(&second, yields, NULL));
    await(co_runner_close(&second, 0));
    await(co_runner_close(&first, 0));
    line("%zu", idle_loops());
    return 0;
}

Test(loop_switch, forgets_a_loop_that_is_closed)
{
    expect_program(leaves_all, "second runs\nsecond runs\n0\n");
}
