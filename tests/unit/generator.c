/* generator.h: values out, values and errors in, the end. How asynchronous generators
 * behave in Python is in the facts/generator*.c.
 */
#include <criterion/criterion.h>

#include "tests/support/expect.h"

struct counts {
    int to;
};

static int counts(void *frame)
{
    const struct counts *self = frame;

    for (int i = 0; i < self->to; i++) {
        await(co_sleep(1));
        int sent = attempt(co_yield(i));
        if (sent != 0)
            line("yield returns %s",
                 sent < 0 ? py_exception(sent) : co_name(co_self()));
        if (sent < 0)
            return sent;
    }
    return 0;
}

static int iterates(void *)
{
    co_generator *generator = co_generate(counts, .to = 2);

    async_for(i, co_next(generator))
        ev("%d", i);
    ev("%s", py_exception(attempt(co_next(generator))));
    return 0;
}

Test(generator, hands_out_values_until_it_returns)
{
    expect(iterates, "t=1 0\n"
                     "t=2 1\n"
                     "t=2 StopAsyncIteration\n");
}

static int sends(void *)
{
    co_generator *generator = co_generate(counts, .to = 9);

    line("%s", py_exception(attempt(co_send(generator, 1))));
    await(co_next(generator));
    line("%d", await(co_send(generator, 5)));
    line("%s", py_repr(attempt(co_throw(generator, CO_EVALUE, "why"))).s);
    line("%d", attempt(co_throw(generator, CO_EVALUE, "late")));
    return 0;
}

Test(generator, takes_in_values_and_errors)
{
    expect(sends, "ValueError\n"
                  "yield returns Task-1\n"
                  "1\n"
                  "yield returns ValueError\n"
                  "ValueError('why')\n"
                  "0\n");
}

static int closes(void *)
{
    co_generator *generator = co_generate(counts, .to = 9);

    await(co_next(generator));
    line("%d", await(co_generator_close(generator)));
    line("%d", await(co_generator_close(generator)));
    line("%s", py_exception(attempt(co_next(generator))));
    return 0;
}

Test(generator, cleans_up_when_it_is_closed)
{
    expect(closes, "yield returns GeneratorExit\n"
                   "0\n"
                   "0\n"
                   "StopAsyncIteration\n");
}

static int outside(void *)
{
    line("%s", py_exception(attempt(co_yield(1))));
    return 0;
}

Test(generator, is_needed_for_a_yield) { expect(outside, "RuntimeError\n"); }

Test(generator, ends_loops_at_the_stop_only)
{
    int value = -1;

    cr_assert(co_more(7, &value) == 1 && value == 7);
    cr_assert(co_more(CO_ESTOP, &value) == 0);
    cr_assert(co_more(CO_EVALUE, &value) == CO_EVALUE && value == 7);
}
