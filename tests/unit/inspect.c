/* inspect.h: tasks, what they wait for, and the calls they are in. The texts for people
 * are in call_graph.c here; the layouts of CPython 3.14 are compared in
 * facts/inspect.c.
 */
#include <criterion/criterion.h>

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
