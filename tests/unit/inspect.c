/* inspect.h: tasks, what they wait for, and the calls they are in. The texts for people
 * are in call_graph.c here; the layouts of CPython 3.14 are compared in
 * facts/inspect.c.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

struct naps {
};

static int naps(void *) { return await(co_sleep(1)); }

struct outer {
};

static int outer(void *) { return await(co_call(naps)); }

static int walks_tasks(void *)
{
    co_task *first = co_spawn(naps), *done = co_spawn(sleeper, 0, 0),
            *second = co_spawn(naps);

    await(co_join(done));
    for (co_task *task = NULL; (task = co_next_task(task));)
        line("%s", co_name(task));
    return await(co_gather(first, second));
}

Test(inspect, lists_the_tasks_that_are_not_done)
{
    expect(walks_tasks, "Task-1\n"
                        "Task-2\n"
                        "Task-4\n");
}

struct joins {
    co_task *task;
};

static int joins(void *frame)
{
    return await(co_join(((const struct joins *)frame)->task));
}

static int awaits(void *)
{
    co_task *inner = co_spawn(naps), *waiting = co_spawn(joins, inner);

    line("%s", py_bool(co_awaiting(waiting) != NULL));
    await(co_sleep(0.5));
    line("%s", py_bool(co_awaiting(waiting) == inner));
    line("%s %s", py_bool(co_awaits(waiting, inner)),
         py_bool(co_awaits(inner, waiting)));
    line("%s", py_bool(co_awaiting(co_self()) == NULL));
    return await(co_join(waiting));
}

Test(inspect, knows_what_a_task_waits_for)
{
    expect(awaits, "False\n"
                   "True\n"
                   "True False\n"
                   "True\n");
}

static int stack(void *)
{
    co_task *task = co_spawn(outer);
    const char *names[2];

    await(co_sleep(0.5));
    size_t count = co_call_stack(task, names, 2);
    line("%d %s %s", (int)count, names[0], names[1]);
    return await(co_join(task));
}

Test(inspect, returns_the_length_of_a_call_stack_that_does_not_fit)
{
    expect(stack, "3 sleep naps\n");
}

struct waits {
    co_future *gather;
};

static int waits(void *frame)
{
    return attempt(co_join(((const struct waits *)frame)->gather)) < 0;
}

/* Deeper than any stack, and with more paths than can be searched one by one. No faults
 * are injected: a cancellation takes each path, as in asyncio.
 */
static int nested(void *)
{
    co_future inner, other, *gather = &inner;

    co_future_init(&inner);
    co_future_init(&other);
    for (int i = 0; i < 2000; i++)
        gather = co_gather_future(gather, gather);
    co_task *task = co_spawn(waits, gather);
    await(co_sleep(0));
    cr_expect(co_awaits(task, &inner));
    cr_expect(not(co_awaits(task, &other)));
    co_future_set(&inner, 0);
    return await(co_join(task));
}

Test(inspect, looks_through_any_number_of_gathers, .timeout = 20)
{
    cr_assert(eq(int, co_run(nested, &(co_options){ .virtual_time = true }), 0));
}
