/* timeout.h: both forms of a limit, its parts, and their errors. How wait_for and
 * timeout behave in asyncio is in facts/wait_for*.c and facts/timeout*.c.
 */
#include <criterion/criterion.h>

#include "tests/support/events.h"
#include "tests/support/expect.h"

static int wait_for(void *)
{
    co_task *task = co_spawn(sleeper, 2, 7);

    ev("%d", await(co_wait_for(co_spawn(sleeper, 1, 8), CO_FOREVER)));
    ev("%s", py_exception(attempt(co_wait_for(task, 0.5))));
    line("%s", py_bool(co_cancelled(task)));
    return 0;
}

Test(timeout, wait_for_cancels_the_task_that_is_late)
{
    expect(wait_for, "t=1 8\n"
                     "t=1.5 TimeoutError\n"
                     "True\n");
}

static int within(void *)
{
    ev("%s", py_exception(attempt(co_within(1, co_sleep(5)))));
    ev("%d", await(co_within(1, 7)));
    ev("%s", py_exception(attempt(co_until(co_now() + 1, co_sleep(5)))));
    return 0;
}

Test(timeout, within_cancels_what_the_running_task_waits_for)
{
    expect(within, "t=1 TimeoutError\n"
                   "t=1 7\n"
                   "t=2 TimeoutError\n");
}

Test(timeout, emits_the_limit_that_has_passed)
{
    expect_events(within, "timeout",
                  "Task-1 timeout =1000000000\n"
                  "Task-1 timeout =1000000000\n");
}

static int in_parts(void *)
{
    finally(co_timeout_close) co_timeout limit = co_timeout_after(1);

    line("%s", py_exception(co_timeout_reschedule(&limit, 2)));
    await(co_timeout_enter(&limit));
    line("%g %s", co_timeout_when(&limit), py_exception(co_timeout_enter(&limit)));
    await(co_timeout_reschedule(&limit, 3));
    ev("%s", py_exception(co_timeout_leave(&limit, attempt(co_sleep(5)))));
    line("%s", py_bool(co_timeout_expired(&limit)));
    line("%s", py_exception(co_timeout_reschedule(&limit, 9)));
    return 0;
}

Test(timeout, in_parts_is_entered_once_and_moved_only_inside)
{
    expect(in_parts, "RuntimeError\n"
                     "1 RuntimeError\n"
                     "t=3 TimeoutError\n"
                     "True\n"
                     "RuntimeError\n");
}
