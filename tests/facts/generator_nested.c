/* Asynchronous generators inside each other, and with timeouts inside and around them.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

static void say_line(const char **text) { line("%s", *text); }
#define finally_line(text) \
    [[maybe_unused]] finally(say_line) const char *finally_text_ = (text)

/* ---- inside each other --------------------------------------------------- */

struct swaps {
};

static int swaps(void *)
{
    finally_line("inner finally");

    for (;;) {
        int r = attempt(co_yield(1));
        if (r == CO_EVALUE) {
            line("inner %s", py_repr(r).s);
            return co_raise(UV_ENOENT, "inner");
        }
        await(r);
    }
}

struct passes_on {
};

static int passes_on(void *)
{
    co_generator *generator = co_generate(swaps);
    int x = await(co_next(generator));

    for (;;) {
        int r = attempt(co_yield(10 * x));
        if (r != CO_EVALUE)
            x = await(r);
        else {
            line("passing on %s", py_repr(r).s);
            x = await(co_throw(generator, r, "%s", co_why()));
        }
    }
}

static int thrown_through_two(void *)
{
    co_generator *generator = co_generate(passes_on);

    line("%d", await(co_next(generator)));
    int r = attempt(co_throw(generator, CO_EVALUE, "v"));
    line("main %s", py_repr(r).s);
    if (attempt(co_next(generator)) == CO_ESTOP)
        line("over");
    return 0;
}

Test(generator_nested, lets_an_error_cross_it_both_ways)
{
    expect(thrown_through_two, "10\n"
                               "passing on ValueError('v')\n"
                               "inner ValueError('v')\n"
                               "inner finally\n"
                               "main KeyError('inner')\n"
                               "over\n");
}

struct deep {
    int n;
};

static void say_depth(const int *n) { ev("finally %d", *n); }

static int deep(void *frame)
{
    finally(say_depth) const int n = ((const struct deep *)frame)->n;

    if (n == 0) {
        await(co_yield(0));
        return await(co_sleep(5));
    }
    finally(co_generator_release) co_generator *generator = co_generate(deep, n - 1);
    async_for(x, co_next(generator))
        await(co_yield(x + 1));
    return 0;
}

struct iterates {
};

static int iterates(void *)
{
    finally(co_generator_release) co_generator *generator = co_generate(deep, 3);

    async_for(x, co_next(generator))
        ev("x %d", x);
    return 0;
}

static int cancelled_in_the_depth(void *)
{
    co_task *task = co_spawn(iterates);

    await(co_sleep(0.1));
    co_cancel_with(task, "why");
    if (attempt(co_join(task)) == UV_ECANCELED)
        ev("cancelled %s", co_why());
    return 0;
}

Test(generator_nested, gets_a_cancellation_from_the_inside_out)
{
    expect(cancelled_in_the_depth, "t=0 x 3\n"
                                   "t=0.1 finally 0\n"
                                   "t=0.1 finally 1\n"
                                   "t=0.1 finally 2\n"
                                   "t=0.1 finally 3\n"
                                   "t=0.1 cancelled why\n");
}

struct maker {
};

static int maker(void *)
{
    co_task *task = co_spawn(sleeper, 0.1, 5);
    co_generator *generator = co_generate(deep, 1);

    await(co_yield(1));
    await(co_yield(await(co_join(task))));
    return await(co_yield(await(co_next(generator))));
}

struct asks {
    co_generator *generator;
};

static int asks(void *frame)
{
    ev("%d", await(co_next(((const struct asks *)frame)->generator)));
    return 0;
}

static int made_inside(void *)
{
    co_generator *generator = co_generate(maker);

    await(co_join(co_spawn(asks, generator)));
    await(co_sleep(0.5));
    ev("%d", await(co_next(generator)));
    ev("%d", await(co_next(generator)));
    await(co_generator_close(generator));
    ev("closed");
    await(co_sleep(0.1));
    ev("end");
    return 0;
}

/* They do not belong to the task that runs it. */
Test(generator_nested, owns_the_tasks_and_generators_it_makes)
{
    expect(made_inside, "t=0 1\n"
                        "t=0.5 5\n"
                        "t=0.5 1\n"
                        "t=0.5 closed\n"
                        "t=0.5 finally 1\n"
                        "t=0.5 finally 0\n"
                        "t=0.6 end\n");
}

/* ---- timeouts ------------------------------------------------------------ */

static void say_ev(const char **text) { ev("%s", *text); }

struct slow {
};

static int slow(void *)
{
    [[maybe_unused]] finally(say_ev) const char *text = "slow finally";

    await(co_yield(1));
    int r = attempt(co_sleep(5));
    if (r == UV_ECANCELED)
        ev("slow cancelled");
    await(r);
    return await(co_yield(2));
}

struct impatient {
};

static int impatient(void *)
{
    for (;;) {
        if (attempt(co_within(0.1, co_sleep(1))) == UV_ETIMEDOUT)
            ev("inside timeout");
        await(co_yield(1));
    }
}

static int timeouts(void *)
{
    co_generator *generator = co_generate(slow);
    ev("%d", await(co_next(generator)));
    if (attempt(co_within(0.1, co_next(generator))) == UV_ETIMEDOUT)
        ev("TimeoutError");
    if (attempt(co_next(generator)) == CO_ESTOP)
        ev("over");

    generator = co_generate(slow);
    ev("%d", await(co_next(generator)));
    if (attempt(co_wait_for(co_spawn(asks, generator), 0.1)) == UV_ETIMEDOUT)
        ev("TimeoutError");

    generator = co_generate(impatient);
    ev("%d", await(co_next(generator)));
    ev("%d", await(co_next(generator)));
    return 0;
}

Test(generator_nested, may_time_out_inside_and_be_timed_out)
{
    expect(timeouts, "t=0 1\n"
                     "t=0.1 slow cancelled\n"
                     "t=0.1 slow finally\n"
                     "t=0.1 TimeoutError\n"
                     "t=0.1 over\n"
                     "t=0.1 1\n"
                     "t=0.2 slow cancelled\n"
                     "t=0.2 slow finally\n"
                     "t=0.2 TimeoutError\n"
                     "t=0.3 inside timeout\n"
                     "t=0.3 1\n"
                     "t=0.4 inside timeout\n"
                     "t=0.4 1\n");
}
