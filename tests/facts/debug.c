/* Debug mode: slow turns are logged. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

struct busy {
    double seconds;
};

static int busy(void *frame)
{
    co_block(((const struct busy *)frame)->seconds);
    return 0;
}

static int debug_01(void *)
{
    line("threshold %g debug %s", co_slow_callback_duration(), py_bool(co_get_debug()));
    await(co_join(co_spawn(busy, 0.05)));
    await(co_join(co_spawn(busy, 0.2)));
    co_set_slow_callback_duration(1);
    await(co_join(co_spawn(busy, 0.2)));
    return 0;
}

Test(debug, DEBUG_01_a_slow_turn_is_logged)
{
    expect_in_debug(debug_01, "threshold 0.1 debug True\n"
                              "LOG WARNING Executing <Task finished name='Task-3' "
                              "coro=<busy() done> result=0> took 0.200 seconds\n");
}
