/* debug.h: the duration from which a turn is slow. More is in facts/debug.c. */
#include <criterion/criterion.h>

#include "tests/support/expect.h"

static int reports_slow_turns(void *)
{
    line("%s %g", py_bool(co_get_debug()), co_slow_callback_duration());
    co_block(0.09);
    await(co_sleep(0));
    co_set_slow_callback_duration(0.05);
    co_block(0.06);
    await(co_sleep(0));
    return 0;
}

Test(debug, reports_what_takes_longer_than_the_duration_that_is_set)
{
    expect_in_debug(reports_slow_turns,
                    "True 0.1\n"
                    "LOG WARNING Executing <Task pending name='Task-1' "
                    "coro=<main() running> cb=[callback()]> took 0.060 seconds\n");
}

static int is_off(void *)
{
    co_block(1);
    line("%s", py_bool(co_get_debug()));
    return 0;
}

Test(debug, is_off_by_default) { expect(is_off, "False\n"); }
