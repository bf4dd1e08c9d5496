/* wait.h: when it returns and what it counts. How wait behaves in asyncio is in
 * facts/wait.c.
 */
#include <criterion/criterion.h>

#include "tests/support/expect.h"

static int returns_when(co_when when, double seconds)
{
    co_task *fast = co_spawn(sleeper, 1, 0), *slow = co_spawn(sleeper, 2, 0);

    int r = attempt(co_wait(when, seconds, fast, slow));
    ev("%d %s %s", r, py_bool(co_done(fast)), py_bool(co_done(slow)));
    return 0;
}

static int all(void *) { return returns_when(CO_ALL_COMPLETED, CO_FOREVER); }

static int first(void *) { return returns_when(CO_FIRST_COMPLETED, CO_FOREVER); }

static int exception(void *) { return returns_when(CO_FIRST_EXCEPTION, CO_FOREVER); }

static int limited(void *) { return returns_when(CO_ALL_COMPLETED, 0.5); }

Test(wait, returns_how_many_are_done)
{
    expect(all, "t=2 2 True True\n");
    expect(first, "t=1 1 True False\n");
    expect(exception, "t=2 2 True True\n");
    expect(limited, "t=0.5 0 False False\n");
}

static int nothing(void *)
{
    line("%s", py_exception(attempt(co_waitv(NULL, 0, CO_ALL_COMPLETED, 1))));
    line("%s", py_exception(attempt(co_wait((co_when)9, 1, co_spawn(sleeper, 1, 0)))));
    return 0;
}

Test(wait, refuses_an_empty_list_and_an_unknown_condition)
{
    expect(nothing, "ValueError\nValueError\n");
}

static int counts_once(void *)
{
    co_task *task = co_spawn(sleeper, 1, 0);

    line("%d", await(co_wait(CO_ALL_COMPLETED, CO_FOREVER, task, task)));
    return 0;
}

Test(wait, counts_a_task_that_is_given_twice_once) { expect(counts_once, "1\n"); }
