/* coroutine.h: a coroutine object is used once, and warns if it never is. How coroutine
 * objects behave in Python is in facts/coroutine.c.
 */
#include <criterion/criterion.h>

#include "tests/support/expect.h"

struct doubles {
    int number;
};

static int doubles(void *frame)
{
    await(co_sleep(1));
    return 2 * ((const struct doubles *)frame)->number;
}

static int awaited_once(void *)
{
    co_coroutine *coroutine = co_create(doubles, 21);

    ev("%d", await(co_await(coroutine)));
    ev("%s", py_exception(attempt(co_await(coroutine))));
    line("%s %d", co_coroutine_function(coroutine),
         co_coroutine_frame(doubles, coroutine)->number);
    return 0;
}

Test(coroutine, can_be_awaited_once)
{
    expect(awaited_once, "t=1 42\n"
                         "t=1 RuntimeError\n"
                         "doubles 21\n");
}

static int made_a_task(void *)
{
    co_task *task = co_spawn_coroutine((co_spawn_options){}, co_create(doubles, 4));

    line("%s %s", co_name(task), co_function(task));
    line("%d", await(co_join(task)));
    return 0;
}

Test(coroutine, can_be_made_a_task)
{
    expect(made_a_task, "Task-2 doubles\n"
                        "8\n");
}

static int forgotten(void *)
{
    finally(co_coroutine_release) co_coroutine *forgotten = co_create(doubles, 1);
    finally(co_coroutine_release) co_coroutine *closed = co_create(doubles, 1);

    line("%d", co_coroutine_close(closed));
    (void)forgotten;
    return 0;
}

Test(coroutine, warns_if_it_is_neither_awaited_nor_closed)
{
    expect(forgotten, "0\n"
                      "WARN RuntimeWarning: coroutine 'doubles' was never awaited\n");
}
