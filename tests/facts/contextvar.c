/* Context variables: which values callbacks, timers, tasks, gathered children and
 * cleanups see.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

static co_contextvar v = { "default" };

static const char *get(void) { return co_contextvar_get(&v); }

/* A callback that prints the value it sees, and sets another. */
struct setter {
    co_callback callback;
    const char *name, *text;
};

static void set(co_callback *self)
{
    const struct setter *setter = co_container_of(self, struct setter, callback);

    line("%s %s", setter->name, get());
    co_contextvar_set(&v, setter->text);
}

static int loop_30(void *)
{
    co_future future;
    struct setter soon = { { set }, "call_soon", "changed by call_soon" };
    struct setter done = { { set }, "done callback", "changed by done callback" };

    co_future_init(&future);
    co_contextvar_set(&v, "1");
    co_call_soon(&soon.callback);
    co_contextvar_set(&v, "2");
    co_on_done(&future, &done.callback);
    co_contextvar_set(&v, "4");
    co_future_set(&future, 0);
    await(co_sleep(0));
    await(co_sleep(0));
    line("main %s", get());
    return 0;
}

/* Without the callback that gets an explicit context: here it is always the context in
 * which it is registered.
 */
Test(contextvar, LOOP_30_a_callback_sees_the_variables_of_its_registration)
{
    expect(loop_30, "call_soon 1\n"
                    "done callback 2\n"
                    "main 4\n");
}

struct child {
};

static int child(void *)
{
    ev("child sees %s", get());
    co_contextvar_set(&v, "child");
    await(co_sleep(0));
    ev("child still %s", get());
    return 0;
}

static int task_23(void *)
{
    co_contextvar_set(&v, "main-1");
    co_task *task = co_spawn(child);
    co_contextvar_set(&v, "main-2");
    await(co_join(task));
    ev("main sees %s", get());
    await(co_call(child));
    ev("main sees after direct await %s", get());
    return 0;
}

Test(contextvar, TASK_23_a_task_begins_with_the_variables_of_its_creator)
{
    expect(task_23, "t=0 child sees main-1\n"
                    "t=0 child still child\n"
                    "t=0 main sees main-2\n"
                    "t=0 child sees main-2\n"
                    "t=0 child still child\n"
                    "t=0 main sees after direct await child\n");
}

/* ---- inherited values ---------------------------------------------------- */

static co_contextvar other = { "unset" };

static const char *get_other(void) { return co_contextvar_get(&other); }

/* Prints its text and the value it sees, and then sets another. */
struct saying_value {
    co_timer timer;
    const char *text, *then; /* NULL: set nothing */
};

static void say_value(co_callback *self)
{
    const struct saying_value *me =
        co_container_of(self, struct saying_value, timer.callback);

    ev("%s %s", me->text, get_other());
    if (me->then)
        co_contextvar_set(&other, me->then);
}

static int in_a_timer(void *)
{
    struct saying_value timer = { { { say_value } }, "timer", NULL };

    co_contextvar_set(&other, "1");
    co_call_later(&timer.timer, 0.1);
    co_contextvar_set(&other, "2");
    await(co_sleep(0.2));
    ev("main %s", get_other());
    return 0;
}

Test(contextvar, a_timer_sees_the_values_of_its_registration)
{
    expect(in_a_timer, "t=0.1 timer 1\n"
                       "t=0.2 main 2\n");
}

struct says {
    const char *text;
};

static int says(void *frame)
{
    ev("%s %s", ((const struct says *)frame)->text, get_other());
    return 0;
}

/* Sets the value, spawns a task, and queues another callback. */
struct making {
    co_callback callback;
    struct saying_value next;
};

static void make(co_callback *self)
{
    co_contextvar_set(&other, "in cb");
    co_spawn(says, "task");
    co_call_soon(&co_container_of(self, struct making, callback)->next.timer.callback);
}

static int from_a_callback(void *)
{
    struct making making = { { make }, { { { say_value } }, "next", NULL } };

    co_contextvar_set(&other, "main");
    co_call_soon(&making.callback);
    await(co_sleep(0));
    await(co_sleep(0));
    ev("main %s", get_other());
    return 0;
}

Test(contextvar, tasks_and_callbacks_made_in_a_callback_see_its_values)
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

    ev("%s %s", self->name, get_other());
    co_contextvar_set(&other, self->name);
    await(co_sleep(0));
    ev("%s %s", self->name, get_other());
    return 0;
}

static int gathered(void *)
{
    co_contextvar_set(&other, "main");
    await(co_gather(co_spawn(sets, "A"), co_spawn(sets, "B")));
    ev("%s", get_other());
    return 0;
}

Test(contextvar, children_of_a_gather_do_not_see_each_others_values)
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

    co_contextvar_set(&other, "a");
    co_on_done(task, &a.timer.callback);
    co_contextvar_set(&other, "b");
    co_on_done(task, &b.timer.callback);
    co_contextvar_set(&other, "c");
    await(co_join(task));
    await(co_sleep(0));
    ev("main %s", get_other());
    return 0;
}

Test(contextvar, each_done_callback_sees_the_values_of_its_registration)
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
    co_contextvar_set(&other, "v-t");
    co_contextvar_set(&other, "v-t2");
    ev("%s %s", get_other(), (const char *)co_contextvar_get(&w));
    return 0;
}

static int two(void *)
{
    static const char *const texts[][2] = { { "v0", "w0" },
                                            { "v1", "w1" },
                                            { "v2", "w2" } };

    co_contextvar_set(&other, "v1");
    co_task *task = co_spawn(sets_both);
    co_contextvar_set(&w, "w1");
    await(co_join(task));
    ev("%s %s", get_other(), (const char *)co_contextvar_get(&w));
    for (int i = 0; i < 3; i++) {
        co_contextvar_set(&other, texts[i][0]);
        co_contextvar_set(&w, texts[i][1]);
    }
    ev("%s %s", get_other(), (const char *)co_contextvar_get(&w));
    return 0;
}

Test(contextvar, variables_are_set_each_for_itself)
{
    expect(two, "t=0 v-t2 w-t\n"
                "t=0 v1 w1\n"
                "t=0 v2 w2\n");
}

struct background {
};

static int background(void *)
{
    co_contextvar_set(&other, "bg");
    int r = attempt(co_sleep(5));
    ev("cleanup %s", get_other());
    return r;
}

static int leaves(void *)
{
    co_contextvar_set(&other, "main");
    co_spawn(background);
    return attempt(co_sleep(0.1));
}

static int after_the_run(void)
{
    int r = co_run(leaves, NULL);

    ev("outside %s", get_other());
    return r;
}

Test(contextvar, a_cleanup_in_the_shutdown_sees_the_values_of_its_task)
{
    expect_program(after_the_run, "t=0.1 cleanup bg\n"
                                  "t=0.1 outside unset\n");
}
