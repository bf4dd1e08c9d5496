/* Introspection: which task awaits which, in the layouts of CPython 3.14. The engine
 * does not know files and lines of calls, so they are left out; and a coroutine of the
 * library, such as wait(), is not a call here but what its caller waits for.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/expect.h"

static void say_text(char *text)
{
    line("%s", text);
    free(text);
}

/* A callback that prints the text and then wakes all tasks. */
struct showing {
    co_callback callback;
    char *(*text)(void);
    co_future *end;
};

static void show(co_callback *callback)
{
    struct showing *showing = co_container_of(callback, struct showing, callback);

    say_text(showing->text());
    co_future_set(showing->end, 0);
}

/* ---- three tasks, of which one is awaited by two ------------------------- */

/* Awaits the task in a call, or the future. */
struct helper {
    co_task *task;
};

static int helper(void *frame)
{
    return await(co_join(((const struct helper *)frame)->task));
}

struct job {
    co_task *task;
    co_future *future;
};

static int job(void *frame)
{
    const struct job *self = frame;

    return self->task ? await(co_call(helper, self->task))
                      : await(co_join(self->future));
}

static int three_tasks(void *frame)
{
    struct showing *showing = frame;

    co_set_name(co_self(), "Task-1");
    co_task *b =
        co_spawn_with((co_spawn_options){ .name = "b" }, job, NULL, showing->end);
    co_task *a = co_spawn_with((co_spawn_options){ .name = "a" }, job, b);
    await(co_sleep(0));
    co_call_soon(&showing->callback);
    return await(co_gather(a, b));
}

static int nothing(void *) { return 0; }

static int show_three_tasks(char *(*text)(void))
{
    finally(co_future_finish) co_future end;
    struct showing showing = { { show }, text, &end };

    co_future_init(&end);
    await(
        co_run(nothing, NULL)); /* so that the ids begin with 2, as in CPython's test */
    return co_run_with(three_tasks, &showing, NULL);
}

static int intro_02(void) { return show_three_tasks(co_task_table_new); }

#define DASHES_60 "------------------------------------------------------------"

/* The order is that of spawning, and the blanks before the end of a line stay. */
Test(inspect, INTRO_02_a_table_has_a_line_for_each_task_and_awaiter)
{
    expect_program(
        intro_02,
        "tid        task id              task name            coroutine stack          "
        " "
        "                         awaiter chain                                      "
        "awaiter name    awaiter id\n" DASHES_60 DASHES_60 DASHES_60 "\n"
        "1          0x2                  Task-1               main                     "
        " "
        "                                                                            "
        "                0x0\n"
        "1          0x3                  b                    job                      "
        " "
        "                         main                                               "
        "Task-1          0x2\n"
        "1          0x3                  b                    job                      "
        " "
        "                         helper -> job                                      a"
        "               0x4\n"
        "1          0x4                  a                    helper -> job            "
        " "
        "                         main                                               "
        "Task-1          0x2\n");
}

static int intro_03(void) { return show_three_tasks(co_task_tree_new); }

Test(inspect, INTRO_03_a_tree_shows_each_task_below_its_awaiter)
{
    expect_program(intro_03, "└── (T) Task-1\n"
                             "    └──  main\n"
                             "        ├── (T) b\n"
                             "        │   └──  job\n"
                             "        └── (T) a\n"
                             "            └──  job\n"
                             "                └──  helper\n"
                             "                    └── (T) b\n"
                             "                        └──  job\n");
}

struct circle {
    co_task *other;
};

static int circle(void *frame)
{
    return await(co_join(((const struct circle *)frame)->other));
}

static int intro_03_circle(void *)
{
    co_task *a = co_spawn_with((co_spawn_options){ .name = "a" }, circle);
    co_task *b = co_spawn_with((co_spawn_options){ .name = "b" }, circle, a);

    co_frame(circle, a)->other = b;
    await(co_sleep(0));
    say_text(co_task_tree_new());
    co_cancel(a);
    return 0;
}

Test(inspect, INTRO_03_a_circle_has_no_tree)
{
    expect(intro_03_circle,
           "ERROR: await-graph contains cycles - cannot print a tree!\n"
           "\n"
           "cycle: a → b → a\n");
}

/* ---- a task, its calls, and its awaiters --------------------------------- */

struct deep {
    int depth;
};

static int deep(void *frame)
{
    const struct deep *self = frame;

    return self->depth ? await(co_call(deep, self->depth - 1)) : await(co_sleep(1));
}

struct waiter {
    co_task *task;
};

static int waiter(void *frame)
{
    return await(co_join(((const struct waiter *)frame)->task));
}

static int intro_04(void *)
{
    co_task *child = co_spawn_with((co_spawn_options){ .name = "child" }, deep, 1);
    co_task *one = co_spawn_with((co_spawn_options){ .name = "one" }, waiter, child);
    co_task *other =
        co_spawn_with((co_spawn_options){ .name = "other" }, waiter, child);

    await(co_sleep(0.1));
    say_text(co_call_graph_new(child));
    return await(co_gather(one, other));
}

Test(inspect, INTRO_04_a_graph_shows_calls_and_awaiters)
{
    expect(intro_04, "* Task(name='child')\n"
                     "  + Call stack:\n"
                     "  |   in async sleep()\n"
                     "  |   in async deep()\n"
                     "  |   in async deep()\n"
                     "  + Awaited by:\n"
                     "    * Task(name='one')\n"
                     "      + Call stack:\n"
                     "      |   in async waiter()\n"
                     "    * Task(name='other')\n"
                     "      + Call stack:\n"
                     "      |   in async waiter()\n");
}

/* ---- through gather, wait, shield and groups ----------------------------- */

struct leaf {
};

static int leaf(void *) { return await(co_call(deep, 0)); }

struct grp {
    co_group group;
};

static int grp(void *frame)
{
    struct grp *self = frame;

    return await(co_in_group(&self->group, ({
        co_group_spawn_with(&self->group, (co_spawn_options){ .name = "in_group" },
                            leaf);
        0;
    })));
}

struct waits {
    co_task *first, *second;
};

static int waits(void *frame)
{
    const struct waits *self = frame;

    return await(co_wait(CO_ALL_COMPLETED, CO_FOREVER, self->first, self->second));
}

static void show_task(const co_task *task, int depth)
{
    const char *names[8];
    size_t count = co_call_stack(task, names, 8);
    char list[128] = "";

    for (size_t i = 0; i < count; i++) {
        strcat(list, i ? ", '" : "'");
        strcat(list, names[i]);
        strcat(list, "'");
    }
    line("%*s%s [%s]", 2 * depth, "", co_name(task), list);
    for (co_task *one = co_next_task(NULL); one; one = co_next_task(one))
        if (co_awaits(one, task))
            show_task(one, depth + 1);
}

static const co_task *task_named(const char *name)
{
    co_task *task = co_next_task(NULL);

    while (task && strcmp(co_name(task), name) != 0)
        task = co_next_task(task);
    return task;
}

static int intro_01(void *)
{
    co_set_name(co_self(), "main");
    co_task *t = co_spawn_with((co_spawn_options){ .name = "leaf" }, leaf);
    co_task *w0 = co_spawn_with((co_spawn_options){ .name = "w0" }, waiter, t);
    co_task *w1 = co_spawn_with((co_spawn_options){ .name = "w1" }, waiter, t);
    co_task *g = co_spawn_with((co_spawn_options){ .name = "grp" }, grp);
    co_task *both = co_spawn_with((co_spawn_options){ .name = "waits" }, waits, w0, w1);

    await(co_sleep(0.1));
    show_task(t, 0);
    if (task_named("in_group"))
        show_task(task_named("in_group"), 0);
    return await(co_gather(t, g, both));
}

Test(inspect, INTRO_01_awaiters_are_known_through_wait_and_groups)
{
    expect(intro_01, "leaf ['sleep', 'deep', 'leaf']\n"
                     "  w0 ['waiter']\n"
                     "    waits ['wait', 'waits']\n"
                     "  w1 ['waiter']\n"
                     "    waits ['wait', 'waits']\n"
                     "in_group ['sleep', 'deep', 'leaf']\n"
                     "  grp ['group', 'grp']\n");
}

/* ---- a long chain -------------------------------------------------------- */

struct chain {
    int length;
};

static int chain(void *frame)
{
    const struct chain *self = frame;

    return self->length == 0 ? attempt(co_sleep(1))
                             : attempt(co_join(co_spawn(chain, self->length - 1)));
}

static int lines_of(char *text)
{
    int count = 0;

    for (const char *c = text; *c; c++)
        count += *c == '\n';
    free(text);
    return count;
}

static int far_below(void *)
{
    co_task *first = co_spawn(chain, 80), *last = first;

    await(co_sleep(0.1));
    for (co_task *task = first; task; task = co_next_task(task))
        last = task;
    line("%d %d", lines_of(co_task_tree_new()), lines_of(co_call_graph_new(last)));
    return attempt(co_join(first));
}

/* Two lines for each task, three with what it waits for; "awaited by" is one more. */
Test(inspect, any_number_of_tasks_can_await_each_other)
{
    expect(far_below, "165 324\n");
}
