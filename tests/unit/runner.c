/* runner.h: several mains on one loop, and return codes. How runners behave in asyncio
 * is in facts/runner.c and facts/loop_by_hand.c.
 */
#include <criterion/criterion.h>

#include "tests/support/expect.h"

static int leaves_a_task(void *ret_task)
{
    *(co_task **)ret_task = co_keep(co_spawn(sleeper, 2, 7));
    await(co_sleep(1));
    return 3;
}

static int joins_it(void *frame)
{
    co_task *task = *(co_task **)frame;

    line("second");
    return task ? await(co_join(task)) : 0;
}

static int two_mains(void)
{
    co_task *task = NULL;
    co_runner runner;

    co_runner_init(&runner);
    line("%d", co_runner_run(&runner, leaves_a_task, &task));
    int r = co_runner_run(&runner, joins_it, &task);
    ev("%d", r);
    co_drop(task);
    r = co_runner_close(&runner, 5);
    line("%d %d", r, co_runner_close(&runner, 6));
    line("%s", py_exception(co_runner_run(&runner, leaves_a_task, &task)));
    return 0;
}

Test(runner, keeps_tasks_between_its_mains_and_ends_once)
{
    expect_program(two_mains, "3\n"
                              "second\n"
                              "t=2 7\n"
                              "5 6\n"
                              "RuntimeError\n");
}

static int inside_a_run(void *)
{
    co_runner runner;

    co_runner_init(&runner);
    line("%s", py_exception(co_runner_run(&runner, leaves_a_task, NULL)));
    return 0;
}

Test(runner, cannot_run_inside_a_run) { expect(inside_a_run, "RuntimeError\n"); }
