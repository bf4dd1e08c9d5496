/* Asynchronous generators: a thousand of them, abandoned ones, and one whose stack
 * overflows.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

/* ---- many ---------------------------------------------------------------- */

enum { MANY = 1000 };

struct counts {
    int from;
};

static int counts(void *frame)
{
    for (int i = ((const struct counts *)frame)->from;; i++) {
        await(co_sleep(0));
        await(co_yield(i));
    }
}

static int many(void *)
{
    static co_generator *generators[MANY];
    int sum = 0;

    for (int i = 0; i < MANY; i++)
        generators[i] = co_generate(counts, i);
    for (int round = 0; round < 3; round++)
        for (int i = 0; i < MANY; i++)
            sum += await(co_next(generators[i])) - i - round;
    for (int i = 0; i < MANY; i += 2)
        await(co_generator_close(generators[i]));
    return sum;
}

Test(generator_limits, a_thousand_can_run_at_once)
{
    cr_assert(zero(int, co_run(many, &(co_options){ .virtual_time = true })));
}

/* ---- abandoned ----------------------------------------------------------- */

struct hangs {
    co_event *never;
};

static int hangs(void *frame)
{
    const struct hangs *self = frame;

    await(co_yield(1));
    while (attempt(co_event_wait(self->never)) < 0)
        continue;
    return 0;
}

struct never_returns {
};

/* With objects that only its frames refer to: a generator in a generator, and an error.
 */
static int never_returns(void *)
{
    static co_event never;
    co_generator *generator = co_generate(hangs, &never);

    co_event_init(&never);
    await(co_next(generator));
    int r = co_raise(CO_EVALUE, "lost");
    await(co_next(generator));
    return await(co_yield(r));
}

static int abandons(void *)
{
    co_generator *generator = co_generate(never_returns);
    co_generator *bystander = co_generate(counts);

    await(co_next(bystander));
    return await(co_next(generator));
}

static int deadlocks(void)
{
    int r = co_run(abandons, NULL);

    line("%s", py_exception(r));
    return 0;
}

/* Main refuses to end, and is abandoned with both stacks it uses. */
Test(generator_limits, may_be_abandoned_with_its_consumer)
{
    expect_program(deadlocks,
                   "t=0 DEADLOCK (nothing ready, no timer: the loop would block "
                   "forever)\n"
                   "LOG ERROR Task was destroyed but it is pending!\n"
                   "deadlock\n");
}

struct stands_in_line {
    co_event *event;
};

static int stands_in_line(void *frame)
{
    const struct stands_in_line *self = frame;

    while (attempt(co_event_wait(self->event)) < 0)
        line("no");
    return await(co_yield(1));
}

static int leaves_it_in_line(void *frame)
{
    return await(co_next(co_generate(stands_in_line, frame)));
}

static int sets(void *frame)
{
    co_event_set(frame);
    line("set");
    return 0;
}

static int abandoned_in_line(void)
{
    co_event event;

    co_event_init(&event);
    int r = co_run_with(leaves_it_in_line, &event, NULL);
    line("%s", py_exception(r));
    return co_run_with(sets, &event, NULL);
}

/* The waiter is on the generator's stack. */
Test(generator_limits, abandoned_while_it_waits_leaves_the_list_of_waiters)
{
    expect_program(abandoned_in_line,
                   "t=0 DEADLOCK (nothing ready, no timer: the loop would block "
                   "forever)\n"
                   "no\n"
                   "no\n"
                   "LOG ERROR Task was destroyed but it is pending!\n"
                   "deadlock\n"
                   "set\n");
}

/* ---- overflow ------------------------------------------------------------ */

struct digs {
};

static __attribute__((noinline)) int dig(volatile char *above, int depth)
{
    volatile char here[512];

    here[0] = above[0];
    int r = depth > 0 ? dig(here, depth - 1) : 0;
    return r + here[0];
}

static int digs(void *)
{
    volatile char first[1] = { 0 };

    return await(co_yield(dig(first, 100000)));
}

static int overflows(void *)
{
    co_set_name(co_self(), "digger");
    return await(co_next(co_generate(digs)));
}

Test(generator_limits, overflow_is_reported_as_a_sentence)
{
    expect_fatal(overflows, "generator digs, run by task digger (main), used more than "
                            "its stack of 65536 bytes");
}
