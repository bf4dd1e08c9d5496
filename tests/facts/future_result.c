/* result() and py_exception() of a future: what each of them raises, and for whom. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

struct fails {
    int code;
    const char *why;
};

static int fails(void *frame)
{
    const struct fails *self = frame;

    return co_raise(self->code, "%s", self->why);
}

/* ---- result() ------------------------------------------------------------ */

static int result_of_failed(void *)
{
    co_task *task = co_spawn(fails, CO_EVALUE, "of the task");

    await(co_wait(CO_ALL_COMPLETED, CO_FOREVER, task));
    co_raise(UV_ENOENT, "older");
    line("%s", py_repr(co_result(task)).s);
    return 0;
}

Test(future_result, result_raises_the_error_of_the_task)
{
    expect(result_of_failed, "ValueError('of the task')\n");
}

struct fails_by_result {
    co_task *task;
};

static int fails_by_result(void *frame)
{
    const struct fails_by_result *self = frame;

    return co_result(self->task);
}

static int result_returned(void *)
{
    co_task *task = co_spawn(fails, CO_EVALUE, "of the task");

    await(co_wait(CO_ALL_COMPLETED, CO_FOREVER, task));
    int r = attempt(co_join(co_spawn(fails_by_result, task)));
    line("%s", py_repr(r).s);
    return 0;
}

Test(future_result, a_task_that_returns_a_result_fails_with_its_error)
{
    expect(result_returned, "ValueError('of the task')\n");
}

struct grouped {
};

static int spawn_both(co_group *group)
{
    co_group_spawn(group, fails, CO_EVALUE, "a");
    co_group_spawn(group, fails, UV_ENOENT, "b");
    return 0;
}

static int grouped(void *)
{
    co_group group = {};

    return attempt(co_in_group(&group, spawn_both(&group)));
}

static int result_of_group(void *)
{
    co_task *task = co_spawn(grouped);
    co_error *taken;

    await(co_wait(CO_ALL_COMPLETED, CO_FOREVER, task));
    int r = co_except(co_result(task), CO_EVALUE, &taken);
    line("taken %s", taken ? py_repr_errors(taken).s : "None");
    co_error_drop(taken);
    r = co_except(r, UV_ENOENT, &taken);
    line("left %s", taken ? py_repr_errors(taken).s : "None");
    co_error_drop(taken);
    return r;
}

Test(future_result, except_star_takes_apart_the_group_a_result_raises)
{
    expect(result_of_group, "taken (ValueError('a'),)\n"
                            "left (KeyError('b'),)\n");
}

static int results_of_cancelled(void *)
{
    co_task *task = co_spawn(sleeper, 1);
    co_future future;

    co_future_init(&future);
    co_cancel_with(&future, "why");
    line("%s", py_repr(co_result(&future)).s);
    line("%s", py_repr(co_result(&future)).s);

    await(co_sleep(0));
    co_cancel_with(task, "message");
    await(co_wait(CO_ALL_COMPLETED, CO_FOREVER, task));
    line("%s", py_repr(co_result(task)).s);
    line("%s", py_repr(co_result(task)).s);
    return 0;
}

Test(future_result, the_message_of_a_cancel_comes_with_the_result)
{
    expect(results_of_cancelled, "CancelledError('why')\n"
                                 "CancelledError('why')\n"
                                 "CancelledError('message')\n"
                                 "CancelledError()\n");
}
