/* Generators among tasks: in several, in eager ones, many, abandoned, and with no stack
 * left.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/facts.h"

struct asks {
    co_generator *generator;
};

static int asks(void *frame)
{
    ev("%d", await(co_next(((const struct asks *)frame)->generator)));
    return 0;
}

/* ---- in several tasks
 * -------------------------------------------------------- */

static const co_variable who = { .initial = "-" };

struct relay {
};

static int relay(void *)
{
    for (int i = 0; i < 6; i++) {
        ev("in %s %s", co_name(co_self()), (const char *)co_get(&who));
        await(co_sleep(0.1));
        await(co_yield(i));
    }
    return 0;
}

struct takes {
    co_generator *generator;
    int count;
    const char *name;
};

static int takes(void *frame)
{
    const struct takes *self = frame;

    co_set(&who, self->name);
    for (int i = 0; i < self->count; i++)
        ev("%s got %d", self->name, await(co_next(self->generator)));
    return 0;
}

static int passed_on(void *)
{
    co_generator *generator = co_generate(relay);

    await(co_join(co_spawn(takes, generator, 2, "A")));
    await(co_join(co_spawn(takes, generator, 1, "B")));
    ev("main got %d", await(co_next(generator)));
    return 0;
}

Test(generator, runs_in_whatever_task_asks)
{
    expect(passed_on, "t=0 in Task-2 A\n"
                      "t=0.1 A got 0\n"
                      "t=0.1 in Task-2 A\n"
                      "t=0.2 A got 1\n"
                      "t=0.2 in Task-3 B\n"
                      "t=0.3 B got 2\n"
                      "t=0.3 in Task-1 -\n"
                      "t=0.4 main got 3\n");
}

struct called {
};

/* In the middle of a call when it changes tasks. */
static int called(void *)
{
    await(co_yield(1));
    return await(co_sleep(0.1));
}

struct calls {
};

static int calls(void *)
{
    await(co_call(called));
    return await(co_yield(2));
}

static int in_a_call(void *)
{
    co_generator *generator = co_generate(calls);
    const char *names[8];

    await(co_join(co_spawn(asks, generator)));
    co_task *task = co_spawn(asks, generator);
    await(co_sleep(0));
    size_t count = co_call_stack(task, names, 8);
    for (size_t i = 0; i < count; i++)
        line("in %s", names[i]);
    await(co_join(task));
    count = co_call_stack(co_self(), names, 8);
    line("%zu: %s", count, names[0]);
    return 0;
}

Test(generator, takes_its_calls_along)
{
    expect(in_a_call, "t=0 1\n"
                      "in sleep\n"
                      "in called\n"
                      "in calls\n"
                      "in asks\n"
                      "t=0.1 2\n"
                      "1: main\n");
}

struct met {
};

static int met(void *)
{
    int r = co_raise(CO_EVALUE, "of the generator");

    await(co_yield(1));
    line("inside %s", shown(r).s);
    return await(co_yield(2));
}

static int reasons(void *)
{
    co_generator *generator = co_generate(met);
    int r = co_raise(UV_ENOENT, "of the consumer");

    await(co_next(generator));
    line("outside %s", shown(r).s);
    await(co_next(generator));
    line("outside %s", shown(r).s);
    return 0;
}

Test(generator, has_met_its_own_errors)
{
    expect(reasons, "outside KeyError('of the consumer')\n"
                    "inside ValueError('of the generator')\n"
                    "outside KeyError('of the consumer')\n");
}

struct spawns_eagerly {
};

static int spawns_eagerly(void *)
{
    co_task *task = co_spawn_with((co_spawn_options){ .eager = true }, sleeper, 0.1, 7);

    ev("spawned");
    return await(co_yield(await(co_join(task))));
}

static int eager_inside(void *)
{
    co_generator *generator = co_generate(spawns_eagerly);

    for (int x; await(co_more(co_next(generator), &x));)
        ev("%d", x);
    return 0;
}

Test(generator, may_spawn_eager_tasks)
{
    expect(eager_inside, "t=0 spawned\n"
                         "t=0.1 7\n");
}

struct tidy {
};

static int tidy(void *)
{
    finally_evi("finally");

    return await(co_yield(1));
}

static int leaves_eagerly(void *)
{
    co_generator *generator = co_generate(tidy);

    await(co_next(generator));
    co_generator_drop(generator);
    await(co_sleep(0));
    evi("end");
    return 0;
}

Test(generator, is_closed_by_an_eager_task_as_by_any)
{
    expect_eagerly(312, leaves_eagerly,
                   "i=2 finally\n"
                   "i=2 end\n");
}

/* ---- many
 * -------------------------------------------------------------------- */

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
    line("%d", sum);
    return 0;
}

Test(generator, is_one_of_a_thousand) { expect(many, "0\n"); }

/* ---- abandoned
 * --------------------------------------------------------------- */

struct hangs {
    co_future *never;
};

static int hangs(void *frame)
{
    const struct hangs *self = frame;

    await(co_yield(1));
    while (attempt(co_join(self->never)) == UV_ECANCELED)
        co_future_init(self->never);
    return 0;
}

struct never_returns {
};

/* With what only its frames know of: a generator in a generator, and an error. */
static int never_returns(void *)
{
    static co_future never;
    co_generator *generator = co_generate(hangs, &never);

    co_future_init(&never);
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

    line("%s", exception(r));
    return 0;
}

/* Main refuses to end, and is given up with both stacks it stands on. */
Test(generator, may_be_abandoned_with_its_consumer)
{
    expect_program(deadlocks,
                   "t=0 DEADLOCK (nothing ready, no timer: the loop would block "
                   "forever)\n"
                   "LOG ERROR Task was destroyed but it is pending!\n"
                   "deadlock\n");
}

/* ---- overflow
 * ---------------------------------------------------------------- */

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

Test(generator, overflow_is_reported_as_a_sentence)
{
    expect_fatal(overflows, "generator digs, run by task digger (main), used more than "
                            "its stack of 65536 bytes");
}
