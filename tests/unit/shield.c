/* shield.h: what a cancellation reaches and what it does not. How shield behaves in
 * asyncio is in facts/shield.c.
 */
#include <criterion/criterion.h>

#include "tests/support/expect.h"

static int cancelled_outside(void *)
{
    co_task *task = co_spawn(sleeper, 2, 7);
    co_future *shield = co_shield(task);

    await(co_sleep(1));
    line("%s", py_bool(co_cancel(shield)));
    line("%s %s", py_bool(co_cancelled(shield)), py_bool(co_cancelled(task)));
    ev("%d", await(co_join(task)));
    return 0;
}

Test(shield, keeps_a_cancellation_from_the_task)
{
    expect(cancelled_outside, "True\n"
                              "True False\n"
                              "t=2 7\n");
}

static int cancelled_inside(void *)
{
    co_task *task = co_spawn(sleeper, 2, 7);
    co_future *shield = co_shield(task);

    await(co_sleep(1));
    co_cancel(task);
    line("%s", py_exception(attempt(co_join(shield))));
    line("%s", py_bool(co_cancelled(shield)));
    return 0;
}

Test(shield, is_cancelled_when_the_task_is)
{
    expect(cancelled_inside, "CancelledError\n"
                             "True\n");
}

static int of_what_is_done(void *)
{
    co_task *task = co_spawn(sleeper, 0, 7);

    await(co_join(task));
    co_future *shield = co_shield(task);
    line("%s %d", py_bool(co_done(shield)), co_result(shield));
    return 0;
}

Test(shield, of_a_future_that_is_done_is_done) { expect(of_what_is_done, "True 7\n"); }
