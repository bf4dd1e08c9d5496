/* cancel: when a cancellation arrives in the task, and what the task can do with it.
 * Other tasks are in cancel_propagation.c, the count of requests in cancel_requests.c,
 * messages in cancel_message*.c.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "tests/support/expect.h"

struct job {
};

static int job(void *)
{
    finally_evi("job finally");
    int r = attempt(co_sleep(5));

    if (r == UV_ECANCELED)
        evi("job sees CancelledError");
    return r;
}

static int cancel_01(void *)
{
    co_task *task = co_spawn(job);

    await(co_sleep(0));
    co_cancel(task);
    evi("main goes on after cancel()");
    if (attempt(co_join(task)) == UV_ECANCELED)
        evi("main: await raised CancelledError; cancelled() %s",
            py_bool(co_cancelled(task)));
    return 0;
}

Test(cancel, CANCEL_01_a_request_arrives_one_iteration_later)
{
    expect(cancel_01, "i=2 main goes on after cancel()\n"
                      "i=3 job sees CancelledError\n"
                      "i=3 job finally\n"
                      "i=4 main: await raised CancelledError; cancelled() True\n");
}

struct never {
};

static int never(void *)
{
    finally_evi("finally (must not run)");

    evi("body (must not run)");
    return 0;
}

static int cancel_02(void *)
{
    co_task *task = co_spawn(never);

    co_cancel(task);
    evi("cancelled requested; done %s", py_bool(co_done(task)));
    await(co_settle(task));
    evi("cancelled %s", py_bool(co_cancelled(task)));
    return 0;
}

Test(cancel, CANCEL_02_cancelled_before_its_first_step_it_runs_nothing)
{
    expect(cancel_02, "i=1 cancelled requested; done False\n"
                      "i=4 cancelled True\n");
}

struct cleaner {
};

static int cleaner(void *)
{
    int r = attempt(co_sleep(5));

    ev("cleanup 1");
    await(co_sleep(0.3));
    ev("cleanup 2");
    return r;
}

static int cancel_04(void *)
{
    co_task *task = co_spawn(cleaner);

    await(co_sleep(0.1));
    co_cancel(task);
    if (attempt(co_join(task)) == UV_ECANCELED)
        ev("main: task is over");
    return 0;
}

Test(cancel, CANCEL_04_the_awaiter_waits_for_the_cleanup)
{
    expect(cancel_04, "t=0.1 cleanup 1\n"
                      "t=0.4 cleanup 2\n"
                      "t=0.4 main: task is over\n");
}

struct interrupted {
};

static int interrupted(void *)
{
    int r = attempt(co_sleep(5));

    ev("cleanup starts");
    if (attempt(co_sleep(1)) == UV_ECANCELED)
        ev("cleanup interrupted");
    else
        ev("never");
    return r;
}

static int cancel_05(void *)
{
    co_task *task = co_spawn(interrupted);

    await(co_sleep(0.1));
    co_cancel(task);
    await(co_sleep(0.1));
    co_cancel(task);
    await(co_settle(task));
    ev("cancelled %s cancelling %u", py_bool(co_cancelled(task)), co_cancelling(task));
    return 0;
}

Test(cancel, CANCEL_05_a_second_request_interrupts_the_cleanup)
{
    expect(cancel_05, "t=0.1 cleanup starts\n"
                      "t=0.2 cleanup interrupted\n"
                      "t=0.2 cancelled True cancelling 2\n");
}

struct asks_itself {
    bool fails;
};

static int asks_itself(void *frame)
{
    const struct asks_itself *self = frame;

    co_cancel(co_self());
    return self->fails ? co_raise(CO_EVALUE, "v") : 1;
}

static int cancel_10(void *)
{
    co_task *t = co_spawn(asks_itself, false);
    co_task *u = co_spawn(asks_itself, true);

    await(co_settle(t, u));
    ev("returned:  cancelled %s", py_bool(co_cancelled(t)));
    ev("raised:    cancelled %s %s('%s')", py_bool(co_cancelled(u)),
       py_exception(co_result(u)), co_reason(u));
    return 0;
}

Test(cancel, CANCEL_10_a_pending_request_outranks_a_result)
{
    expect(cancel_10, "t=0 returned:  cancelled True\n"
                      "t=0 raised:    cancelled False ValueError('v')\n");
}

struct replacer {
};

static int replacer(void *)
{
    int r = attempt(co_sleep(5));

    if (r == UV_ECANCELED)
        return co_raise(CO_EVALUE, "replaced");
    return r;
}

static int cancel_11(void *)
{
    co_task *task = co_spawn(replacer);

    await(co_sleep(0.1));
    co_cancel(task);
    int r = attempt(co_join(task));
    if (r == CO_EVALUE)
        ev("%s cancelled %s", py_repr(r).s, py_bool(co_cancelled(task)));
    return 0;
}

/* Without the context of the exception. */
Test(cancel, CANCEL_11_a_task_that_raises_an_error_instead_ends_with_it)
{
    expect(cancel_11, "t=0.1 ValueError('replaced') cancelled False\n");
}

struct takes_it_back {
};

static int takes_it_back(void *)
{
    co_cancel(co_self());
    co_uncancel(co_self());
    ev("%s",
       attempt(co_sleep(0.1)) == UV_ECANCELED ? "CancelledError" : "not interrupted");
    return 0;
}

static int cancel_16(void *)
{
    await(co_join(co_spawn(takes_it_back)));
    return 0;
}

Test(cancel, CANCEL_16_uncancel_does_not_stop_a_pending_cancellation)
{
    expect(cancel_16, "t=0 CancelledError\n");
}

struct reported {
};

static int reported(void *)
{
    int r = attempt(co_sleep(5));

    ev("job ('%s',)", co_why());
    return r;
}

/* The message, as Python shows the arguments of an exception. */
static void say_args(int i, int r)
{
    if (strcmp(co_why(), co_strerror(r)) == 0)
        ev("await %d ()", i);
    else
        ev("await %d ('%s',)", i, co_why());
}

static int cancel_14(void *)
{
    co_task *task = co_spawn(reported);

    await(co_sleep(0.1));
    co_cancel_with(task, "stop please");
    for (int i = 0; i < 2; i++)
        say_args(i, attempt(co_join(task)));
    return 0;
}

/* In Python it is the same instance; here it has the same message. */
Test(cancel, CANCEL_14_the_message_goes_to_the_first_awaiter)
{
    expect(cancel_14, "t=0.1 job ('stop please',)\n"
                      "t=0.1 await 0 ('stop please',)\n"
                      "t=0.1 await 1 ()\n");
}
