/* Context variables in callbacks, children and cleanups. The lines are CPython's. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

static co_contextvar v = { "unset" };

static const char *get(void) { return co_contextvar_get(&v); }

/* Says its text and what it sees, and then sets it. */
struct saying_value {
    co_timer timer;
    const char *text, *then; /* NULL: it stays */
};

static void say_value(co_callback *self)
{
    const struct saying_value *me =
        co_container_of(self, struct saying_value, timer.callback);

    ev("%s %s", me->text, get());
    if (me->then)
        co_contextvar_set(&v, me->then);
}

static int in_a_timer(void *)
{
    struct saying_value timer = { { { say_value } }, "timer", NULL };

    co_contextvar_set(&v, "1");
    co_call_later(&timer.timer, 0.1);
    co_contextvar_set(&v, "2");
    await(co_sleep(0.2));
    ev("main %s", get());
    return 0;
}

Test(contextvar_inheritance, a_timer_sees_the_values_of_its_registration)
{
    expect(in_a_timer, "t=0.1 timer 1\n"
                       "t=0.2 main 2\n");
}

struct says {
    const char *text;
};

static int says(void *frame)
{
    ev("%s %s", ((const struct says *)frame)->text, get());
    return 0;
}

/* Sets it, makes a task, and calls another callback soon. */
struct making {
    co_callback callback;
    struct saying_value next;
};

static void make(co_callback *self)
{
    co_contextvar_set(&v, "in cb");
    co_spawn(says, "task");
    co_call_soon(&co_container_of(self, struct making, callback)->next.timer.callback);
}

static int from_a_callback(void *)
{
    struct making making = { { make }, { { { say_value } }, "next", NULL } };

    co_contextvar_set(&v, "main");
    co_call_soon(&making.callback);
    await(co_sleep(0));
    await(co_sleep(0));
    ev("main %s", get());
    return 0;
}

Test(contextvar_inheritance, tasks_and_callbacks_made_in_a_callback_see_its_values)
{
    expect(from_a_callback, "t=0 task in cb\n"
                            "t=0 next in cb\n"
                            "t=0 main main\n");
}

struct sets {
    const char *name;
};

static int sets(void *frame)
{
    const struct sets *self = frame;

    ev("%s %s", self->name, get());
    co_contextvar_set(&v, self->name);
    await(co_sleep(0));
    ev("%s %s", self->name, get());
    return 0;
}

static int gathered(void *)
{
    co_contextvar_set(&v, "main");
    await(co_gather(co_spawn(sets, "A"), co_spawn(sets, "B")));
    ev("%s", get());
    return 0;
}

Test(contextvar_inheritance, children_of_a_gather_do_not_see_each_others_values)
{
    expect(gathered, "t=0 A main\n"
                     "t=0 B main\n"
                     "t=0 A A\n"
                     "t=0 B B\n"
                     "t=0 main\n");
}

static int when_done(void *)
{
    co_task *task = co_spawn(sleeper);
    struct saying_value a = { { { say_value } }, "a", "x" };
    struct saying_value b = { { { say_value } }, "b", NULL };

    co_contextvar_set(&v, "a");
    co_on_done(task, &a.timer.callback);
    co_contextvar_set(&v, "b");
    co_on_done(task, &b.timer.callback);
    co_contextvar_set(&v, "c");
    await(co_join(task));
    await(co_sleep(0));
    ev("main %s", get());
    return 0;
}

Test(contextvar_inheritance, each_done_callback_sees_the_values_of_its_registration)
{
    expect(when_done, "t=0 a a\n"
                      "t=0 b b\n"
                      "t=0 main c\n");
}

static co_contextvar w = { "w0" };

struct sets_both {
};

static int sets_both(void *)
{
    co_contextvar_set(&w, "w-t");
    co_contextvar_set(&v, "v-t");
    co_contextvar_set(&v, "v-t2");
    ev("%s %s", get(), (const char *)co_contextvar_get(&w));
    return 0;
}

static int two(void *)
{
    static const char *const texts[][2] = { { "v0", "w0" },
                                            { "v1", "w1" },
                                            { "v2", "w2" } };

    co_contextvar_set(&v, "v1");
    co_task *task = co_spawn(sets_both);
    co_contextvar_set(&w, "w1");
    await(co_join(task));
    ev("%s %s", get(), (const char *)co_contextvar_get(&w));
    for (int i = 0; i < 3; i++) {
        co_contextvar_set(&v, texts[i][0]);
        co_contextvar_set(&w, texts[i][1]);
    }
    ev("%s %s", get(), (const char *)co_contextvar_get(&w));
    return 0;
}

Test(contextvar_inheritance, variables_are_set_each_for_itself)
{
    expect(two, "t=0 v-t2 w-t\n"
                "t=0 v1 w1\n"
                "t=0 v2 w2\n");
}

struct background {
};

static int background(void *)
{
    co_contextvar_set(&v, "bg");
    int r = attempt(co_sleep(5));
    ev("cleanup %s", get());
    return r;
}

static int leaves(void *)
{
    co_contextvar_set(&v, "main");
    co_spawn(background);
    return attempt(co_sleep(0.1));
}

static int after_the_run(void)
{
    int r = co_run(leaves, NULL);

    ev("outside %s", get());
    return r;
}

Test(contextvar_inheritance, a_cleanup_in_the_shutdown_sees_the_values_of_its_task)
{
    expect_program(after_the_run, "t=0.1 cleanup bg\n"
                                  "t=0.1 outside unset\n");
}
