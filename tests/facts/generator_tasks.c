/* Asynchronous generators used by several tasks in turn, and by eager tasks. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <string.h>

#include "tests/support/expect.h"

struct asks {
    co_generator *generator;
};

static int asks(void *frame)
{
    ev("%d", await(co_next(((const struct asks *)frame)->generator)));
    return 0;
}

/* ---- in several tasks ---------------------------------------------------- */

static const co_contextvar who = { .initial = "-" };

struct relay {
};

static int relay(void *)
{
    for (int i = 0; i < 6; i++) {
        ev("in %s %s", co_name(co_self()), (const char *)co_contextvar_get(&who));
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

    co_contextvar_set(&who, self->name);
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

Test(generator_tasks, runs_in_the_task_that_asks_for_a_value)
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

static void say_calls(const char *where)
{
    const char *names[8];
    size_t count = co_call_stack(co_self(), names, 8);
    char text[64] = "";

    for (size_t i = 0; i < count; i++)
        snprintf(text + strlen(text), sizeof(text) - strlen(text), " %s", names[i]);
    line("%s:%s", where, text);
}

struct called {
};

/* It changes tasks inside a call. */
static int called(void *)
{
    await(co_yield(1));
    say_calls("in its call");
    return 0;
}

struct calls {
};

static int calls(void *)
{
    await(co_call(called));
    say_calls("after its call");
    return await(co_yield(2));
}

struct takes_another {
    co_generator *generator;
};

static int takes_another(void *frame)
{
    const struct takes_another *self = frame;

    await(co_call(asks, self->generator));
    say_calls("in the task");
    return 0;
}

static int in_a_call(void *)
{
    co_generator *generator = co_generate(calls);

    ev("%d", await(co_next(generator)));
    say_calls("in main");
    return await(co_join(co_spawn(takes_another, generator)));
}

Test(generator_tasks, keeps_its_call_stack_when_it_changes_tasks)
{
    expect(in_a_call, "t=0 1\n"
                      "in main: main\n"
                      "in its call: called calls asks takes_another\n"
                      "after its call: calls asks takes_another\n"
                      "t=0 2\n"
                      "in the task: takes_another\n");
}

struct met {
};

static int met(void *)
{
    int r = co_raise(CO_EVALUE, "of the generator");

    await(co_yield(1));
    line("inside %s", py_repr(r).s);
    return await(co_yield(2));
}

static int reasons(void *)
{
    co_generator *generator = co_generate(met);
    int r = co_raise(UV_ENOENT, "of the consumer");

    await(co_next(generator));
    line("outside %s", py_repr(r).s);
    await(co_next(generator));
    line("outside %s", py_repr(r).s);
    return 0;
}

Test(generator_tasks, has_a_current_error_of_its_own)
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

    async_for(x, co_next(generator))
        ev("%d", x);
    return 0;
}

Test(generator_tasks, may_spawn_eager_tasks)
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

Test(generator_tasks, is_closed_by_an_eager_task_as_by_any)
{
    expect_eagerly(312, leaves_eagerly,
                   "i=2 finally\n"
                   "i=2 end\n");
}
