/* Tasks and futures that are done: awaiting, cancelling and renaming them, and when an
 * error counts as retrieved.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

struct returns_one {
};

static int returns_one(void *) { return 1; }

static int done_already(void *)
{
    co_task *task = co_spawn(returns_one);
    struct ev_callback soon = EVI("soon");
    co_future future;

    co_future_init(&future);
    co_future_set(&future, 2);
    co_call_soon(&soon.timer.callback);
    int first = await(co_join(&future));
    evi("%d %d", first, await(co_join(&future)));
    for (int i = 0; i < 2; i++) {
        int r = await(co_join(task));
        evi("%d", r);
    }
    return 0;
}

Test(task_done, awaiting_a_future_that_is_done_never_suspends)
{
    expect(done_already, "i=1 2 2\n"
                         "i=2 soon\n"
                         "i=3 1\n"
                         "i=3 1\n");
}

struct passes_on {
    int depth;
};

static int passes_on(void *frame)
{
    const int depth = ((const struct passes_on *)frame)->depth;

    return depth ? await(co_join(co_spawn(passes_on, depth - 1)))
                 : co_raise(CO_EVALUE, "a");
}

static int chain_of_errors(void *)
{
    int r = attempt(co_join(co_spawn(passes_on, 2)));

    evi("%s", py_repr(r).s);
    return 0;
}

Test(task_done, an_error_goes_up_a_chain_of_tasks_an_iteration_each)
{
    expect(chain_of_errors, "i=7 ValueError('a')\n");
}

static void say_why(int r)
{
    if (r < 0)
        ev("%s", co_why());
}

static int not_yet(void *)
{
    co_task *task = co_spawn(sleeper, 0);
    co_future future;

    co_future_init(&future);
    say_why(co_result(&future));
    say_why(co_result(task));
    co_future_set(&future, 1);
    say_why(co_future_set(&future, 2));
    say_why(co_future_fail(&future, CO_EVALUE, "v"));
    bool asked = co_cancel(&future);
    ev("%s %d", py_bool(asked), co_result(&future));
    return 0;
}

/* Without the line of py_exception(), which is result() here. */
Test(task_done, TASK_09_a_task_has_no_result_before_its_end_and_keeps_it_then)
{
    expect(not_yet, "t=0 Result is not set.\n"
                    "t=0 Result is not set.\n"
                    "t=0 invalid state\n"
                    "t=0 invalid state\n"
                    "t=0 False 1\n");
}

/* Awaits a future, and prints the outcome. */
struct awaiter {
    co_future *future;
};

static int awaiter(void *frame)
{
    int r = attempt(co_join(((const struct awaiter *)frame)->future));

    if (r == UV_ECANCELED)
        evi("w cancelled");
    else
        evi("w %c", r);
    return r;
}

static int cancelled_then_failed(void *)
{
    finally(co_future_finish) co_future future;

    co_future_init(&future);
    co_task *task = co_spawn(awaiter, &future);
    await(co_sleep(0));
    co_cancel(task);
    ev("%s", py_bool(co_cancelled(&future)));
    ev("%s", py_exception(co_future_fail(&future, CO_EVALUE, "late")));
    await(co_settle(task));
    return 0;
}

Test(task_done, a_future_cancelled_by_its_awaiter_can_no_longer_fail)
{
    expect(cancelled_then_failed, "t=0 True\n"
                                  "t=0 InvalidStateError\n"
                                  "i=3 w cancelled\n");
}

static int set_by_a_callback(void *)
{
    co_future f, g;
    struct ev_callback done = EVI("g done");
    struct future_callback set = SET(&g, 'g');

    co_future_init(&f);
    co_future_init(&g);
    co_on_done(&f, &set.timer.callback);
    co_on_done(&g, &done.timer.callback);
    co_future_set(&f, 'f');
    int r = await(co_join(&g));
    evi("%c", r);
    return attempt(co_sleep(0));
}

Test(task_done, a_future_set_by_a_done_callback_is_an_iteration_later)
{
    expect(set_by_a_callback, "i=3 g done\n"
                              "i=3 g\n");
}

static void cancel_aloud(co_callback *self)
{
    struct future_callback *doing =
        co_container_of(self, struct future_callback, timer.callback);

    evi("cancel %s", py_bool(co_cancel(doing->future)));
}

static int cancelled_by_a_callback(void *)
{
    co_task *task = co_spawn(sleeper, 0.1, 'r');
    co_task *wait = co_spawn(awaiter, task);
    struct future_callback cancel = { { { cancel_aloud } }, wait, 0 };

    co_on_done(task, &cancel.timer.callback);
    await(co_settle(wait));
    evi("%s", py_bool(co_cancelled(wait)));
    return 0;
}

Test(task_done, a_done_callback_cancels_the_awaiter_before_it_gets_the_result)
{
    expect(cancelled_by_a_callback, "i=5 cancel True\n"
                                    "i=5 w cancelled\n"
                                    "i=7 True\n");
}

struct says_name {
};

static int says_name(void *)
{
    ev("%s", co_name(co_self()));
    return 0;
}

static int renamed(void *)
{
    co_task *task = co_spawn(says_name);

    co_set_name(task, "x");
    ev("%s", co_name(task));
    await(co_join(task));
    co_set_name(task, "y");
    ev("%s", co_name(task));
    ev("%s", co_name(co_self()));
    co_set_name(co_self(), "renamed");
    ev("%s", co_name(co_self()));
    return 0;
}

Test(task_done, a_task_can_be_renamed_before_it_begins_and_after_it_has_ended)
{
    expect(renamed, "t=0 x\n"
                    "t=0 x\n"
                    "t=0 y\n"
                    "t=0 Task-1\n"
                    "t=0 renamed\n");
}

struct selfish {
};

static int selfish(void *)
{
    co_cancel_with(co_self(), "c");
    int r = attempt(co_join(co_self()));
    evi("%s %s", py_exception(r), py_args(r).s);
    return 0;
}

static int selfish_and_cancelled(void *)
{
    await(co_join(co_spawn(selfish)));
    evi("end");
    return 0;
}

Test(task_done, a_cancellation_outranks_the_error_of_awaiting_oneself)
{
    expect(selfish_and_cancelled, "i=3 CancelledError ('c',)\n"
                                  "i=4 end\n");
}

struct joins {
    co_future *future;
};

static int joins(void *frame)
{
    return await(co_join(((const struct joins *)frame)->future));
}

static int of_a_cancelled_future(void *)
{
    co_future future;

    co_future_init(&future);
    co_cancel(&future);
    co_task *task = co_spawn(joins, &future);
    if (attempt(co_join(task)) == UV_ECANCELED)
        evi("%s %u", py_bool(co_cancelled(task)), co_cancelling(task));
    return 0;
}

Test(task_done, a_task_that_awaits_a_cancelled_future_ends_cancelled)
{
    expect(of_a_cancelled_future, "i=3 True 0\n");
}

struct says_args {
    co_future *future;
};

static int says_args(void *frame)
{
    int r = attempt(co_join(((const struct says_args *)frame)->future));

    evi("w %s", py_args(r).s);
    return r;
}

static int failed_by_cancellation(void *)
{
    co_future future;

    co_future_init(&future);
    co_task *task = co_spawn(says_args, &future);
    await(co_sleep(0));
    co_future_fail(&future, UV_ECANCELED, "set");
    int r = attempt(co_join(task));
    evi("%s %s %s %s", py_args(r).s, py_bool(co_cancelled(task)),
        py_bool(co_cancelled(&future)), py_bool(co_done(&future)));
    r = attempt(co_join(task));
    evi("%s", py_args(r).s);
    r = attempt(co_join(&future));
    evi("%s", py_args(r).s);
    return 0;
}

Test(task_done, a_future_that_fails_with_a_cancellation_has_failed)
{
    expect(failed_by_cancellation, "i=3 w ('set',)\n"
                                   "i=4 ('set',) True False True\n"
                                   "i=4 ()\n"
                                   "i=4 ('set',)\n");
}

/* ---- which calls retrieve an error --------------------------------------- */

struct bad {
};

static int bad(void *) { return co_raise(CO_EVALUE, "b"); }

static int three_ways(void *)
{
    co_task *task = co_spawn(bad);

    await(co_wait(CO_ALL_COMPLETED, CO_FOREVER, task));
    ev("waited");
    co_drop(task);
    task = co_spawn(bad);
    await(co_settle(task));
    ev("settled");
    co_drop(task);
    task = co_spawn(bad);
    if (attempt(co_wait_for(task, 1)) == CO_EVALUE)
        ev("wait_for");
    co_drop(task);
    ev("end");
    return 0;
}

Test(task_done, gather_and_wait_for_retrieve_an_error_but_wait_does_not)
{
    expect(three_ways,
           "t=0 waited\n"
           "LOG ERROR Task exception was never retrieved | ValueError('b')\n"
           "t=0 settled\n"
           "t=0 wait_for\n"
           "t=0 end\n");
}

struct fails_in_cleanup {
};

static int fails_in_cleanup(void *)
{
    int r = attempt(co_sleep(5));

    return r == UV_ECANCELED ? co_raise(CO_EVALUE, "from cleanup") : r;
}

struct waits_for {
    co_task *task;
};

static int waits_for(void *frame)
{
    return await(co_wait_for(((const struct waits_for *)frame)->task, 5));
}

static int cancelled_waiter(void *)
{
    co_task *task = co_spawn(fails_in_cleanup), *wait = co_spawn(waits_for, task);

    await(co_sleep(0.1));
    co_cancel_with(wait, "stop");
    int r = attempt(co_join(wait));
    ev("%s", py_repr(r).s);
    ev("end");
    co_drop(task);
    return 0;
}

Test(task_done, wait_for_does_not_retrieve_an_error_of_its_own_cancellation)
{
    expect(
        cancelled_waiter,
        "t=0.1 CancelledError('stop')\n"
        "t=0.1 end\n"
        "LOG ERROR Task exception was never retrieved | ValueError('from cleanup')\n");
}

Test(task_done, wait_for_raises_the_error_of_a_cancellation_since_312)
{
    expect_as(312, cancelled_waiter,
              "t=0.1 ValueError('from cleanup')\n"
              "t=0.1 end\n");
}
