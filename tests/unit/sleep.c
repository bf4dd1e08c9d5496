/* core/sleep.c: how long, in which order, and the events. How sleep behaves in asyncio,
 * to the iteration, is in facts/sleep.c.
 */
#include <criterion/criterion.h>

#include "tests/support/events.h"
#include "tests/support/expect.h"

static int sleeps(void *)
{
    await(co_sleep(0.25));
    ev("woken");
    await(co_sleep(-1));
    await(co_sleep(0));
    ev("no time has passed");
    return 0;
}

Test(sleep, lasts_as_long_as_it_is_asked_to)
{
    expect(sleeps, "t=0.25 woken\n"
                   "t=0.25 no time has passed\n");
}

Test(sleep, emits_its_length_or_that_it_yields)
{
    expect_events(sleeps, "wait wake",
                  "Task-1 wait sleep =250000000\n"
                  "Task-1 wake timer =250000000\n"
                  "Task-1 wait yield\n"
                  "Task-1 wait yield\n");
}

static int is_cancelled(void *)
{
    co_task *task = co_spawn(sleeper, 5, 0);

    await(co_sleep(1));
    co_cancel_with(task, "enough");
    int r = attempt(co_join(task));
    ev("%s", py_repr(r).s);
    return 0;
}

Test(sleep, ends_when_its_task_is_cancelled)
{
    expect(is_cancelled, "t=1 CancelledError('enough')\n");
}
