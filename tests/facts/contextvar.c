/* Context variables: what callbacks, tasks and coroutines see of each other's. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

static co_contextvar v = { "default" };

static const char *get(void) { return co_contextvar_get(&v); }

/* A callback that says what it sees, and sets it. */
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

/* Without the callback that is given a context of its own: here it is always that of
 * whoever registers it.
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
