/* cancel: several requests make one cancellation, and stay counted until uncancel. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

/* ---- several requests make one cancellation ------------------------------ */

struct job {
    const char *name;
};

static int job(void *frame)
{
    const struct job *self = frame;
    int r = attempt(co_sleep(5));

    evi("%s %s %u", self->name, py_exception(r), co_cancelling(co_self()));
    await(co_sleep(0));
    evi("%s cleanup goes on", self->name);
    await(co_sleep(0.1));
    evi("%s cleanup done", self->name);
    return r;
}

static int cancel_06(void *)
{
    co_task *task = co_spawn(job, "twice");

    await(co_sleep(0));
    bool first = co_cancel(task), second = co_cancel(task);
    evi("%s %s %u", py_bool(first), py_bool(second), co_cancelling(task));
    if (attempt(co_join(task)) == UV_ECANCELED)
        evi("main %s %u", py_bool(co_cancelled(task)), co_cancelling(task));
    return 0;
}

Test(cancel_requests, CANCEL_06_two_requests_at_once_are_one_cancellation)
{
    expect(cancel_06, "i=2 True True 2\n"
                      "i=3 twice CancelledError 2\n"
                      "i=4 twice cleanup goes on\n"
                      "i=6 twice cleanup done\n"
                      "i=7 main True 2\n");
}

struct cancels {
    co_task *task;
};

static int cancels(void *frame)
{
    evi("cancel %s", py_bool(co_cancel(((const struct cancels *)frame)->task)));
    return 0;
}

static int cancel_06_by_two(void *)
{
    co_task *task = co_spawn(job, "by two");

    await(co_sleep(0));
    co_spawn(cancels, task);
    co_spawn(cancels, task);
    await(co_wait(CO_ALL_COMPLETED, CO_FOREVER, task));
    evi("%s %u", py_bool(co_cancelled(task)), co_cancelling(task));
    return 0;
}

Test(cancel_requests, CANCEL_06_requests_of_one_iteration_are_one_cancellation)
{
    expect(cancel_06_by_two, "i=3 cancel True\n"
                             "i=3 cancel True\n"
                             "i=4 by two CancelledError 2\n"
                             "i=5 by two cleanup goes on\n"
                             "i=7 by two cleanup done\n"
                             "i=9 True 2\n");
}

struct asks_itself {
};

static int asks_itself(void *)
{
    bool first = co_cancel_with(co_self(), "a");
    bool second = co_cancel_with(co_self(), "b");

    line("%s %s %u", py_bool(first), py_bool(second), co_cancelling(co_self()));
    int r = attempt(co_sleep(0));
    evi("self %s %u", py_repr(r).s, co_cancelling(co_self()));
    await(co_sleep(0));
    evi("self goes on %u", co_cancelling(co_self()));
    return 'r';
}

static int cancel_06_itself(void *)
{
    co_task *task = co_spawn(asks_itself);
    int r = await(co_join(task));

    evi("%c %s %u", r, py_bool(co_cancelled(task)), co_cancelling(task));
    return 0;
}

Test(cancel_requests, CANCEL_06_two_requests_to_the_running_task_are_one_cancellation)
{
    expect(cancel_06_itself, "True True 2\n"
                             "i=3 self CancelledError('b') 2\n"
                             "i=4 self goes on 2\n"
                             "i=5 r False 2\n");
}

static int cancel_06_unborn(void *)
{
    co_task *task = co_spawn(job, "never");

    for (int i = 0; i < 3; i++)
        co_cancel(task);
    await(co_wait(CO_ALL_COMPLETED, CO_FOREVER, task));
    unsigned before = co_cancelling(task);
    bool asked = co_cancel(task);
    evi("%s %u %s %u", py_bool(co_cancelled(task)), before, py_bool(asked),
        co_cancelling(task));
    return 0;
}

Test(cancel_requests, CANCEL_06_requests_before_the_first_step_are_counted)
{
    expect(cancel_06_unborn, "i=4 True 3 False 3\n");
}

/* ---- requests stay counted ----------------------------------------------- */

struct swallows {
};

static int swallows(void *)
{
    co_task *me = co_self();

    for (int i = 0; i < 3; i++)
        if (attempt(co_sleep(5)) == UV_ECANCELED)
            ev("swallowed %u", co_cancelling(me));
    await(co_sleep(0.1));
    ev("goes on %u", co_cancelling(me));
    for (int i = 0; i < 4; i++)
        ev("uncancel %u", co_uncancel(me));
    ev("%u", co_cancelling(me));
    return 'r';
}

static int cancel_15(void *)
{
    co_task *task = co_spawn(swallows);

    ev("fresh %u %u", co_cancelling(co_self()), co_uncancel(co_self()));
    for (int i = 0; i < 3; i++) {
        await(co_sleep(0.1));
        co_cancel(task);
    }
    int r = await(co_join(task));
    ev("await %c %s %u", r, py_bool(co_cancelled(task)), co_cancelling(task));
    bool asked = co_cancel(task);
    ev("done %s %u %u", py_bool(asked), co_cancelling(task), co_uncancel(task));
    return 0;
}

Test(cancel_requests, CANCEL_15_only_uncancel_removes_a_request)
{
    expect(cancel_15, "t=0 fresh 0 0\n"
                      "t=0.1 swallowed 1\n"
                      "t=0.2 swallowed 2\n"
                      "t=0.3 swallowed 3\n"
                      "t=0.4 goes on 3\n"
                      "t=0.4 uncancel 2\n"
                      "t=0.4 uncancel 1\n"
                      "t=0.4 uncancel 0\n"
                      "t=0.4 uncancel 0\n"
                      "t=0.4 0\n"
                      "t=0.4 await r False 0\n"
                      "t=0.4 done False 0 0\n");
}

struct returns {
};

static int returns(void *)
{
    if (attempt(co_sleep(5)) == UV_ECANCELED)
        return (int)co_cancelling(co_self());
    return 0;
}

static int cancel_15_done(void *)
{
    co_task *kept = co_spawn(returns), *dead = co_spawn(sleeper, 5);

    await(co_sleep(0));
    co_cancel(kept);
    co_cancel(dead);
    int r = await(co_join(kept));
    line("%d %s %u", r, py_bool(co_cancelled(kept)), co_cancelling(kept));
    await(co_settle(dead));
    unsigned before = co_cancelling(dead), after = co_uncancel(dead);
    line("%s %u %u %s", py_bool(co_cancelled(dead)), before, after,
         py_bool(co_cancelled(dead)));
    return 0;
}

Test(cancel_requests, CANCEL_15_the_end_of_a_task_leaves_the_count)
{
    expect(cancel_15_done, "1 False 1\n"
                           "True 1 0 True\n");
}
