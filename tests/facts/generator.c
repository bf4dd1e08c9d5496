/* Asynchronous generators: where they run, how they are closed, and what can be sent
 * in. Suspended generators that are left, kept or never finished are in
 * generator_left.c, generator_kept.c and generator_unfinished.c.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

struct slow_three {
};

static int slow_three(void *)
{
    ev("gen start");
    for (int i = 0; i < 3; i++) {
        await(co_sleep(0.1));
        ev("gen yields %d", i);
        await(co_yield(i));
    }
    ev("gen end");
    return 0;
}

static int agen_01(void *)
{
    co_generator *generator = co_generate(slow_three);

    ev("created");
    async_for(x, co_next(generator))
        ev("body %d", x);
    ev("after");
    return 0;
}

Test(generator, AGEN_01_it_runs_inside_the_task_that_iterates_it)
{
    expect(agen_01, "t=0 created\n"
                    "t=0 gen start\n"
                    "t=0.1 gen yields 0\n"
                    "t=0.1 body 0\n"
                    "t=0.2 gen yields 1\n"
                    "t=0.2 body 1\n"
                    "t=0.3 gen yields 2\n"
                    "t=0.3 body 2\n"
                    "t=0.3 gen end\n"
                    "t=0.3 after\n");
}

struct three {
};

static int three(void *)
{
    for (int i = 0; i < 3; i++)
        await(co_yield(i));
    return 0;
}

static int agen_02(void *)
{
    co_spawn(evi_task, "other runs");
    co_generator *generator = co_generate(three);
    async_for(x, co_next(generator))
        evi("item %d", x);
    evi("loop over");
    return await(co_sleep(0));
}

Test(generator, AGEN_02_iterating_does_not_suspend)
{
    expect(agen_02, "i=1 item 0\n"
                    "i=1 item 1\n"
                    "i=1 item 2\n"
                    "i=1 loop over\n"
                    "i=2 other runs\n");
}

/* A finally block that waits and prints a name. */
static void say_and_wait(const char **)
{
    evi("gen finally in %s", co_name(co_self()));
    if (attempt(co_sleep(0)) == 0)
        evi("gen finally 2");
}

struct cleans_up_slowly {
};

static int cleans_up_slowly(void *)
{
    [[maybe_unused]] finally(say_and_wait) const char *text = "";

    for (int i = 0; i < 5; i++)
        await(co_yield(i));
    return 0;
}

/* The generator of an "async for" has no name, so leaving the loop drops the last
 * reference.
 */
static int first_item(void)
{
    finally(co_generator_release) co_generator *generator =
        co_generate(cleans_up_slowly);

    async_for(x, co_next(generator)) {
        evi("item %d", x);
        break;
    }
    return 0;
}

static int agen_03(void *)
{
    await(first_item());
    evi("after break");
    for (int i = 1; i <= 3; i++) {
        await(co_sleep(0));
        evi("main %d", i);
    }
    return 0;
}

Test(generator, AGEN_03_a_generator_that_is_left_is_closed_later_in_another_task)
{
    expect(agen_03, "i=1 item 0\n"
                    "i=1 after break\n"
                    "i=2 main 1\n"
                    "i=3 gen finally in Task-2\n"
                    "i=3 main 2\n"
                    "i=4 gen finally 2\n"
                    "i=4 main 3\n");
}

struct reports_its_end {
};

static int reports_its_end(void *)
{
    int r = attempt(co_yield(1));

    if (r >= 0)
        r = attempt(co_yield(2));
    if (r == CO_ECLOSE)
        ev("GeneratorExit at the yield");
    await(co_sleep(0.1));
    ev("finally");
    return r;
}

static int items_of(co_generator *generator)
{
    async_for(x, co_next(generator)) {
        ev("item %d", x);
        break;
    }
    return 0;
}

static int agen_04(void *)
{
    co_generator *generator = co_generate(reports_its_end);

    ev("%d", await(co_next(generator)));
    await(co_generator_close(generator));
    ev("closed");
    await(co_generator_close(generator));
    ev("closing again is a no-op");

    co_generator_context_manager closing = co_aclosing(co_generate(reports_its_end));
    await(co_with(&closing.manager, items_of(closing.generator)));
    ev("after aclosing");
    return 0;
}

Test(generator, AGEN_04_closing_runs_the_cleanup_in_the_callers_task)
{
    expect(agen_04, "t=0 1\n"
                    "t=0 GeneratorExit at the yield\n"
                    "t=0.1 finally\n"
                    "t=0.1 closed\n"
                    "t=0.1 closing again is a no-op\n"
                    "t=0.1 item 1\n"
                    "t=0.1 GeneratorExit at the yield\n"
                    "t=0.2 finally\n"
                    "t=0.2 after aclosing\n");
}

/* Texts are fields of the frame; the number that is sent selects one of them. */
static const char *const sent[] = { "None", "hello" };

struct echo {
    char got[sizeof(struct py_text) + 32];
};

static int echo(void *frame)
{
    struct echo *self = frame;
    char x[sizeof(struct py_text) + 16] = "None";

    for (;;) {
        snprintf(self->got, sizeof(self->got), "got %s", x);
        int r = attempt(co_yield(0));
        if (r == CO_EVALUE)
            snprintf(x, sizeof(x), "handled %s", py_repr(r).s);
        else
            snprintf(x, sizeof(x), "%s", sent[await(r)]);
    }
}

/* Python's TypeError is a CO_EVALUE here. */
static int agen_05(void *)
{
    co_generator *generator = co_generate(echo);
    int r = attempt(co_send(generator, 1));
    line("TypeError: %s", r == CO_EVALUE ? co_why() : "");

    generator = co_generate(echo);
    const struct echo *self = co_generator_frame(echo, generator);
    await(co_send(generator, 0));
    line("%s", self->got);
    await(co_send(generator, 1));
    line("%s", self->got);
    await(co_throw(generator, CO_EVALUE, "v"));
    line("%s", self->got);
    await(co_next(generator));
    line("%s", self->got);
    return await(co_generator_close(generator));
}

Test(generator, AGEN_05_values_and_errors_are_sent_in)
{
    expect(agen_05,
           "TypeError: can't send non-None value to a just-started async generator\n"
           "got None\n"
           "got hello\n"
           "got handled ValueError('v')\n"
           "got None\n");
}
