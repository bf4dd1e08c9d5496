/* Coroutines that call each other: an await is a plain call, and only a wait gives
 * other tasks a turn.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "tests/support/expect.h"

struct seven {
};

static int seven(void *)
{
    ev("child body");
    return 7;
}

static int coro_01(void *)
{
    /* In Python the call makes an object and runs nothing. Here the frame is that
     * object.
     */
    struct seven child = {};
    ev("created");

    int result = await(seven(&child));
    ev("result %d", result);
    return 0;
}

Test(coroutine_calls, CORO_01_a_coroutine_runs_when_it_is_awaited)
{
    expect(coro_01, "t=0 created\n"
                    "t=0 child body\n"
                    "t=0 result 7\n");
}

struct leaf {
    int n;
};

static int leaf(void *frame)
{
    const struct leaf *self = frame;

    ev("leaf %d", self->n);
    return self->n;
}

struct branch {
};

static int branch(void *)
{
    int total = 0;

    for (int i = 0; i < 3; i++)
        total += await(co_call(leaf, i));
    return total;
}

static int coro_02(void *)
{
    co_spawn(ev_task, "other task runs");
    ev("before await");
    int r = await(co_call(branch));
    ev("after await %d - other has not run yet", r);
    await(co_sleep(0));
    ev("after sleep(0)");
    return 0;
}

Test(coroutine_calls, CORO_02_awaiting_a_coroutine_gives_no_other_task_a_turn)
{
    expect(coro_02, "t=0 before await\n"
                    "t=0 leaf 0\n"
                    "t=0 leaf 1\n"
                    "t=0 leaf 2\n"
                    "t=0 after await 3 - other has not run yet\n"
                    "t=0 other task runs\n"
                    "t=0 after sleep(0)\n");
}

struct level {
    int n;
    co_future *future;
};

static int level(void *frame)
{
    const struct level *self = frame;

    if (self->n == 0)
        await(co_join(self->future));
    else
        await(co_call(level, self->n - 1, self->future));
    evi("level %d returns", self->n);
    return 0;
}

/* A callback that prints and completes a future. */
static void complete(co_callback *self)
{
    evi("set_result");
    run_set_callback(self);
}

static int coro_04(void *)
{
    co_future future;
    struct future_callback set = { { { complete } }, &future, 0 };

    co_future_init(&future);
    co_call_soon(&set.timer.callback);
    evi("main awaits");
    await(co_call(level, 3, &future));
    evi("main end");
    return 0;
}

Test(coroutine_calls, CORO_04_a_chain_of_awaits_resumes_in_one_step)
{
    expect(coro_04, "i=1 main awaits\n"
                    "i=2 set_result\n"
                    "i=3 level 0 returns\n"
                    "i=3 level 1 returns\n"
                    "i=3 level 2 returns\n"
                    "i=3 level 3 returns\n"
                    "i=3 main end\n");
}

struct bad {
};

static int bad(void *)
{
    await(co_sleep(0.1));
    return co_raise(UV_ENOENT, "k");
}

struct middle {
};

static int middle(void *)
{
    finally_evi("finally in mid");

    await(co_call(bad));
    return 0;
}

static int coro_05(void *)
{
    int r = attempt(co_call(middle));
    struct py_text error = py_repr(r);

    /* In Python it is the same object; here code and reason are the same. */
    evi("caught %s %s", error.s,
        py_bool(r == UV_ENOENT && strcmp(error.s, "KeyError('k')") == 0));
    return 0;
}

Test(coroutine_calls, CORO_05_an_error_goes_up_through_awaits_in_one_step)
{
    expect(coro_05, "i=3 finally in mid\n"
                    "i=3 caught KeyError('k') True\n");
}

struct safe {
    int *n;
};

static int safe(void *frame)
{
    const struct safe *self = frame;
    int n = *self->n;

    *self->n = n + 1;
    return 0;
}

struct racy {
    int *n;
};

static int racy(void *frame)
{
    const struct racy *self = frame;
    int n = *self->n;

    await(co_sleep(0));
    *self->n = n + 1;
    return 0;
}

static int coro_11(void *)
{
    co_task *tasks[10];
    int n = 0;

    for (int i = 0; i < 10; i++)
        tasks[i] = co_spawn(safe, &n);
    await(co_gatherv(tasks, 10));
    ev("safe %d", n);

    n = 0;
    for (int i = 0; i < 10; i++)
        tasks[i] = co_spawn(racy, &n);
    await(co_gatherv(tasks, 10));
    ev("racy %d", n);
    return 0;
}

Test(coroutine_calls, CORO_11_between_two_awaits_a_task_has_the_loop_to_itself)
{
    expect(coro_11, "t=0 safe 10\n"
                    "t=0 racy 1\n");
}
