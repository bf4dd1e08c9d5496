/* system/clock.c: the two clocks, and seconds as nanoseconds. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <math.h>
#include <stdint.h>

#include "engine/system/clock.h"
#include "engine/system/poll.h"

Test(clock, converts_seconds_to_nanoseconds)
{
    cr_assert(eq(i64, co_nanoseconds(0.1), 100000000));
    cr_assert(eq(i64, co_nanoseconds(-1.5), -1500000000));
    cr_assert(eq(i64, co_nanoseconds(2.5e-9), 2)); /* half to even */
    cr_assert(eq(i64, co_nanoseconds(3.5e-9), 4));
    cr_assert(eq(i64, co_nanoseconds(NAN), 0));
    cr_assert(gt(i64, co_nanoseconds(1e300), INT64_C(3000000000000000000)));
    cr_assert(lt(i64, co_nanoseconds(-INFINITY), -INT64_C(3000000000000000000)));
}

Test(clock, adds_times_and_refuses_those_it_cannot_show)
{
    int64_t ns = 7;

    cr_assert(co_time_after(2, 3e-9, &ns) && ns == 5);
    cr_assert(co_time_after(2, INFINITY, &ns) && ns == CO_TIME_NEVER);
    ns = 7;
    cr_assert(not(co_time_after(INT64_MAX - 1, 1, &ns)));
    cr_assert(not(co_time_at(1e300, &ns)));
    cr_assert(eq(i64, ns, 7));
}

Test(clock, that_is_virtual_jumps)
{
    struct co_poll poll = {};
    struct co_clock clock;

    co_clock_init_virtual(&clock, 0, 0);
    cr_assert(zero(i64, co_clock_now(&clock)));
    co_clock_wait(&clock, &poll, 3600000000000);
    cr_assert(eq(i64, co_clock_now(&clock), 3600000000000));
    co_clock_wait(&clock, &poll, 5); /* in the past */
    co_clock_block(&clock, 7);
    cr_assert(eq(i64, co_clock_now(&clock), 3600000000007));
}

Test(clock, that_is_real_starts_at_zero_and_advances)
{
    struct co_poll poll = {};
    struct co_clock clock;

    co_clock_init_real(&clock);
    int64_t before = co_clock_now(&clock);
    cr_assert(ge(i64, before, 0));
    co_clock_block(&clock, 1000000);
    cr_assert(ge(i64, co_clock_now(&clock) - before, 1000000));
    before = co_clock_now(&clock);
    co_clock_wait(&clock, &poll, before + 2000000);
    cr_assert(ge(i64, co_clock_now(&clock) - before, 2000000));
    co_poll_close(&poll);
}
