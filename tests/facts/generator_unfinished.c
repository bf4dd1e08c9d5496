/* Asynchronous generators that are suspended or running when the run ends, is
 * cancelled, or another task asks for a value.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

/* The seconds since the run began: in the original each run has a clock of its own. */
static double begun;
#define ev_of_run(text) line("t=%g " text, co_now() - begun)

struct gen {
    bool bad;
};

static int gen(void *frame)
{
    const struct gen *self = frame;
    int r = attempt(co_yield(1));

    if (r >= 0)
        r = attempt(co_yield(2));
    await(co_sleep(0.1));
    ev_of_run("finally");
    return self->bad ? co_raise(CO_EVALUE, "bad close") : r;
}

struct background {
};

static int background(void *)
{
    int r = attempt(co_sleep(5));

    ev_of_run("background task cancelled");
    return r;
}

static co_generator *keep;

static int leaves_one_behind(void *frame)
{
    const bool *bad = frame;

    begun = co_now();
    co_spawn(background);
    co_generator *generator = co_generate(gen, *bad);
    keep = co_generator_keep(generator);
    await(co_next(generator));
    await(co_sleep(0));
    ev_of_run("main ends");
    return 0;
}

static int agen_07(void)
{
    for (int bad = 0; bad < 2; bad++) {
        int r = co_run_with(leaves_one_behind, &(bool){ bad }, NULL);
        co_generator_drop(keep);
        keep = NULL;
        await(r);
        ev_of_run("run returned");
    }
    return 0;
}

Test(generator_unfinished,
     AGEN_07_suspended_generators_are_closed_at_the_end_of_the_run)
{
    expect_program(
        agen_07, "t=0 main ends\n"
                 "t=0 background task cancelled\n"
                 "t=0.1 finally\n"
                 "t=0.1 run returned\n"
                 "t=0 main ends\n"
                 "t=0 background task cancelled\n"
                 "t=0.1 finally\n"
                 "LOG ERROR an error occurred during closing of asynchronous generator "
                 "<async_generator object gen at 0x..> | ValueError('bad close')\n"
                 "t=0.1 run returned\n");
}

struct late_one {
};

static int late_one(void *)
{
    await(co_sleep(0.1));
    await(co_yield(1));
    return 0;
}

struct asks {
    co_generator *generator;
};

static int asks(void *frame)
{
    const struct asks *self = frame;
    return await(co_next(self->generator));
}

static int agen_08(void *)
{
    co_generator *generator = co_generate(late_one);
    co_task *first = co_spawn(asks, generator), *second = co_spawn(asks, generator);

    await(co_settle(first, second));
    ev("[%d, %s('%s')]", co_result(first), py_exception(co_result(second)),
       co_reason(second));
    return await(co_generator_close(generator));
}

Test(generator_unfinished, AGEN_08_only_one_task_may_advance_it_at_a_time)
{
    expect(agen_08,
           "t=0.1 [1, RuntimeError('anext(): asynchronous generator is already "
           "running')]\n");
}

struct refuses_to_end {
};

static int refuses_to_end(void *)
{
    int r = attempt(co_yield(1));

    await(co_yield(2));
    return r;
}

static int agen_09(void *)
{
    co_generator *generator = co_generate(refuses_to_end);

    await(co_next(generator));
    int r = attempt(co_generator_close(generator));
    line("%s: %s", py_exception(r), co_why());
    return 0;
}

Test(generator_unfinished, AGEN_09_a_yield_while_it_is_closed_is_an_error)
{
    expect(agen_09, "RuntimeError: async generator ignored GeneratorExit\n");
}

static void say_ev(const char **text) { ev("%s", *text); }
#define finally_ev(text) \
    [[maybe_unused]] finally(say_ev) const char *finally_text_ = (text)

struct waits_inside {
};

static int waits_inside(void *)
{
    finally_ev("gen finally");

    await(co_yield(1));
    await(co_sleep(5));
    await(co_yield(2));
    return 0;
}

struct iterates {
};

static int iterates(void *)
{
    finally_ev("job finally");
    finally(co_generator_release) co_generator *generator = co_generate(waits_inside);

    async_for(x, co_next(generator))
        ev("item %d", x);
    return 0;
}

static int agen_10(void *)
{
    co_task *task = co_spawn(iterates);

    await(co_sleep(0.1));
    co_cancel(task);
    await(co_settle(task));
    ev("cancelled %s", py_bool(co_cancelled(task)));
    return 0;
}

Test(generator_unfinished, AGEN_10_a_cancellation_arrives_in_the_generator_that_waits)
{
    expect(agen_10, "t=0 item 1\n"
                    "t=0.1 gen finally\n"
                    "t=0.1 job finally\n"
                    "t=0.1 cancelled True\n");
}

struct two {
};

static int two(void *)
{
    finally_evi("gen finally");

    await(co_yield(1));
    await(co_yield(2));
    return 0;
}

struct waits_outside {
};

static int waits_outside(void *)
{
    finally_evi("job finally");
    finally(co_generator_release) co_generator *generator = co_generate(two);

    async_for(x, co_next(generator))
        await(co_sleep(5));
    return 0;
}

static int agen_11(void *)
{
    co_task *task = co_spawn(waits_outside);

    await(co_sleep(0));
    co_cancel(task);
    await(co_settle(task));
    evi("task over");
    co_drop(task);
    await(co_sleep(0));
    return await(co_sleep(0));
}

Test(generator_unfinished, AGEN_11_a_cancellation_of_the_body_leaves_it_at_its_yield)
{
    expect(agen_11, "i=3 job finally\n"
                    "i=5 gen finally\n"
                    "i=5 task over\n");
}
