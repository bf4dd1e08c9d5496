/* inspect/call_graph.c: the texts that show who awaits whom. The layouts of
 * CPython 3.14 are compared in facts/inspect.c; what they are made of is inspect.c
 * here.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/expect.h"

struct joins {
    co_task *task;
};

static int joins(void *frame)
{
    return await(co_join(((const struct joins *)frame)->task));
}

static int tree(void *)
{
    co_task *task = co_spawn(sleeper, 1, 0);

    await(co_sleep(0.5));
    char *text = co_task_tree_new();
    line("%s", text);
    free(text);
    return await(co_join(task));
}

Test(call_graph, draws_a_tree_of_the_tasks)
{
    expect(tree, "└── (T) Task-1\n"
                 "    └──  main\n"
                 "└── (T) Task-2\n"
                 "    └──  sleeper\n"
                 "        └──  sleep\n");
}

/* The table begins with two lines of header; each further line names a task and its
 * awaiter.
 */
static int table(void *)
{
    co_task *task = co_spawn(sleeper, 1, 0);
    int lines = 0;

    co_task *waiting = co_spawn(joins, task);
    await(co_sleep(0.5));
    char *text = co_task_table_new();
    for (char *row = strtok(text, "\n"); row; row = strtok(NULL, "\n"), lines++)
        if (strstr(row, "sleeper"))
            line("%s %s", py_bool(strstr(row, "Task-2") != NULL),
                 py_bool(strstr(row, "Task-3") != NULL));
    line("%d", lines);
    free(text);
    return await(co_join(waiting));
}

Test(call_graph, lists_each_task_and_its_awaiter_in_a_table)
{
    expect(table, "True True\n"
                  "5\n");
}

static int graph(void *)
{
    co_task *task = co_spawn(sleeper, 1, 0);

    await(co_sleep(0.5));
    char *text = co_call_graph_new(task);
    line("%s", text);
    free(text);
    return await(co_join(task));
}

Test(call_graph, shows_a_task_and_its_calls)
{
    expect(graph, "* Task(name='Task-2')\n"
                  "  + Call stack:\n"
                  "  |   in async sleep()\n"
                  "  |   in async sleeper()\n");
}

enum { LEVELS = 30 };

struct waits_for_both {
    co_task *one, *other;
};

static int waits_for_both(void *frame)
{
    const struct waits_for_both *self = frame;

    return await(co_gather(self->one, self->other));
}

/* Two tasks on each level, each of which awaits both of the level below: two paths from
 * level to level, and so 2^29 through all of them. No faults are injected: a
 * cancellation takes each path, as in asyncio.
 */
static int many_paths(void *)
{
    co_task *one = co_spawn(sleeper, 1, 0), *other = co_spawn(sleeper, 1, 0);

    for (int i = 1; i < LEVELS; i++) {
        co_task *above = co_spawn(waits_for_both, one, other);
        other = co_spawn(waits_for_both, one, other);
        one = above;
    }
    co_task *first = co_spawn(joins), *second = co_spawn(joins, first);
    co_frame(joins, first)->task = second;
    await(co_sleep(0.5));
    char *text = co_task_tree_new();
    cr_expect(ne(ptr, strstr(text, "cycle: Task-62 → Task-63 → Task-62\n"), NULL));
    free(text);
    co_cancel(first);
    return await(co_gather(one, other));
}

Test(call_graph, finds_a_circle_among_very_many_paths, .timeout = 20)
{
    cr_assert(eq(int, co_run(many_paths, &(co_options){ .virtual_time = true }), 0));
}
