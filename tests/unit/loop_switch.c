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

struct yields_often {
};

static int yields_often(void *)
{
    for (int i = 0; i < 3; i++)
        await(co_sleep(0));
    line("task of the first");
    return 0;
}

/* The run ends while the task is in the ready queue. */
static int spawns(void *)
{
    co_keep(co_spawn(yields_often));
    return 0;
}

static int yields(void *name)
{
    await(co_sleep(0));
    line("%s", (const char *)name);
    return 0;
}

static int alternates(void)
{
    co_runner first, second;

    co_runner_init(&first);
    co_runner_init(&second);
    await(co_runner_run(&first, spawns, NULL));
    const uint64_t serial = co_loop_now->serial;
    await(co_runner_run(&second, yields, "second"));
    cr_expect(co_loop_now->serial != serial);
    cr_expect(ge(sz, idle_loops(), 1));
    await(co_runner_run(&first, yields, "first"));
    await(co_runner_run(&first, yields, "first"));
    cr_expect(co_loop_now->serial == serial);
    await(co_runner_close(&first, 0));
    return co_runner_close(&second, 0);
}

Test(loop_switch, keeps_the_ready_queue_of_an_idle_loop)
{
    expect_program(alternates, "second\n"
                               "first\n"
                               "task of the first\n"
                               "first\n");
}

static int leaves_all(void)
{
    co_runner first, second;

    co_runner_init(&first);
    co_runner_init(&second);
    await(co_runner_run(&first, yields, "first"));
    await(co_runner_run(&second, yields, "second"));
    await(co_runner_close(&second, 0));
    await(co_runner_close(&first, 0));
    line("%zu", idle_loops());
    return 0;
}

Test(loop_switch, forgets_a_loop_that_is_closed)
{
    expect_program(leaves_all, "first\nsecond\n0\n");
}
