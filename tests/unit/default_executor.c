/* outside/default_executor.c: made when it is first needed, replaced, and shut down at
 * the end of the run. More is in unit/executor.c and facts/executor.c.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

struct work {
};

static int work(void *) { return 7; }

static int is_made_when_needed(void *)
{
    line("%s", py_bool(co_default_executor() != NULL));
    line("%d", await(co_thread(work)));
    line("%s", py_bool(co_default_executor() != NULL));
    return 0;
}

Test(default_executor, is_made_when_it_is_first_needed)
{
    expect(is_made_when_needed, "False\n7\nTrue\n");
}

static int is_replaced(void *)
{
    co_executor *own = co_executor_new(1);

    co_set_default_executor(own);
    line("%d", await(co_thread(work)));
    line("%s", py_bool(co_default_executor() == own));
    return 0;
}

Test(default_executor, can_be_one_of_the_program) { expect(is_replaced, "7\nTrue\n"); }

static int is_shut_down(void *)
{
    await(co_thread(work));
    await(co_shutdown_default_executor());
    int r = attempt(co_thread(work));
    line("%s %s", py_exception(r), co_why());
    return 0;
}

Test(default_executor, takes_no_more_once_it_is_shut_down)
{
    expect(is_shut_down, "RuntimeError Executor shutdown has been called\n");
}

static int one_each(void)
{
    await(co_run(is_made_when_needed, NULL));
    return co_run(is_made_when_needed, NULL);
}

Test(default_executor, is_one_for_each_run)
{
    expect_program(one_each, "False\n7\nTrue\n"
                             "False\n7\nTrue\n");
}
