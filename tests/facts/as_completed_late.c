/* as_completed with tasks that are cancelled, a waiting task that is cancelled, a
 * timeout of zero, and plain futures.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

struct job {
    char name;
    double seconds;
    bool aloud;
};

static int job(void *frame)
{
    const struct job *self = frame;

    await(co_sleep(self->seconds));
    if (self->aloud)
        ev("%c ends", self->name);
    return self->name;
}

/* Print each outcome, and whether it is a result, an error or a cancellation. */
static int say_all(co_task *const tasks[], size_t count, double seconds)
{
    finally(co_as_completed_finish) co_as_completed completed;

    co_as_completed_init(&completed, tasks, count, seconds);
    for (size_t i = 0; i < count; i++) {
        co_task *task;
        int r = attempt(co_as_completed_next(&completed, &task));
        if (r >= 0)
            ev("%c", r);
        else if (r == UV_ECANCELED && task)
            ev("cancelled %s %u", py_args(r).s, co_cancelling(co_self()));
        else if (task)
            ev("%s", py_repr(r).s);
        else
            return r;
    }
    return 0;
}

static void cancel_with(co_callback *self)
{
    co_cancel_with(
        co_container_of(self, struct future_callback, timer.callback)->future, "gone");
}

static int one_cancelled(void *)
{
    co_task *tasks[] = { co_spawn(job, 'A', 0.3), co_spawn(job, 'B', 0.1),
                         co_spawn(job, 'C', 0.2) };
    struct future_callback cancel = { { { cancel_with } }, tasks[0], 0 };

    co_call_later(&cancel.timer, 0.05);
    return await(say_all(tasks, 3, CO_FOREVER));
}

Test(as_completed_late, a_task_that_is_cancelled_has_completed)
{
    expect(one_cancelled, "t=0.05 cancelled ('gone',) 0\n"
                          "t=0.1 B\n"
                          "t=0.2 C\n");
}

struct waiter {
    co_task *const *tasks;
};

static int waiter(void *frame)
{
    int r = attempt(say_all(((const struct waiter *)frame)->tasks, 2, CO_FOREVER));

    ev("w %s", py_args(r).s);
    return r;
}

static int waiter_cancelled(void *)
{
    static co_task *tasks[2];

    tasks[0] = co_spawn(job, 'A', 0.1, true);
    tasks[1] = co_spawn(job, 'B', 0.3, true);
    co_task *wait = co_spawn(waiter, tasks);
    await(co_sleep(0.2));
    co_cancel_with(wait, "stop");
    await(co_wait(CO_ALL_COMPLETED, CO_FOREVER, wait));
    ev("%s", py_bool(co_cancelled(tasks[1])));
    return attempt(co_sleep(0.2));
}

Test(as_completed_late, cancelling_the_waiting_task_cancels_no_other)
{
    expect(waiter_cancelled, "t=0.1 A ends\n"
                             "t=0.1 A\n"
                             "t=0.2 w ('stop',)\n"
                             "t=0.2 False\n"
                             "t=0.3 B ends\n");
}

static int no_time(void *)
{
    co_task *tasks[] = { co_spawn(job, 'A', 0), co_spawn(job, 'B', 1) }, *task;
    finally(co_as_completed_finish) co_as_completed completed;

    co_as_completed_init(&completed, tasks, 2, 0);
    for (int i = 0; i < 2; i++)
        if (attempt(co_as_completed_next(&completed, &task)) == UV_ETIMEDOUT)
            evi("TimeoutError");
    ev("%s %s", py_bool(co_done(tasks[0])), py_bool(co_done(tasks[1])));
    return 0;
}

Test(as_completed_late, with_a_timeout_of_zero_nothing_completes)
{
    expect(no_time, "i=3 TimeoutError\n"
                    "i=3 TimeoutError\n"
                    "t=0 True False\n");
}

static void fail(co_callback *self)
{
    co_future_fail(
        co_container_of(self, struct future_callback, timer.callback)->future,
        CO_EVALUE, "g");
}

static int futures(void *)
{
    co_future f, g;
    co_future *both[] = { &f, &g };
    struct future_callback set = SET(&f, 'f'), failing = { { { fail } }, &g, 0 };

    co_future_init(&f);
    co_future_init(&g);
    co_call_later(&set.timer, 0.2);
    co_call_later(&failing.timer, 0.1);
    return await(say_all(both, 2, CO_FOREVER));
}

Test(as_completed_late, futures_complete_as_tasks_do)
{
    expect(futures, "t=0.1 ValueError('g')\n"
                    "t=0.2 f\n");
}
