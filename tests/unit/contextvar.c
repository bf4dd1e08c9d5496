/* contextvar.h: initial values, and what a task inherits. How context variables behave
 * in asyncio is in facts/contextvar.c.
 */
#include <criterion/criterion.h>

#include "tests/support/expect.h"

static const co_contextvar variable = { "initial" };

static const char *value(void) { return co_contextvar_get(&variable); }

struct sets {
};

static int sets(void *)
{
    line("child begins with %s", value());
    co_contextvar_set(&variable, "child's");
    await(co_sleep(1));
    line("child has %s", value());
    return 0;
}

static int inherits(void *)
{
    line("%s", value());
    co_contextvar_set(&variable, "main's");
    co_task *task = co_spawn(sets);
    co_contextvar_set(&variable, "main's new");
    await(co_sleep(0.5));
    line("main has %s", value());
    return await(co_join(task));
}

Test(contextvar, is_inherited_when_a_task_is_made_and_then_its_own)
{
    expect(inherits, "initial\n"
                     "child begins with main's\n"
                     "main has main's new\n"
                     "child has child's\n");
}

static int calls(void *)
{
    await(co_call(sets));
    line("main has %s", value());
    return 0;
}

Test(contextvar, is_shared_with_a_coroutine_that_is_called)
{
    expect(calls, "child begins with initial\n"
                  "child has child's\n"
                  "main has child's\n");
}
