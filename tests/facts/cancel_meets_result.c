/* cancel at the same time as a result, in a cleanup, or from a child: which of the two
 * is the outcome.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

/* ---- results ------------------------------------------------------------- */

struct waiter {
    co_future *future;
};

static int waiter(void *frame)
{
    int r = attempt(co_join(((const struct waiter *)frame)->future));

    if (r == UV_ECANCELED)
        ev("cancelled %u", co_cancelling(co_self()));
    else
        ev("got %d", r);
    return r;
}

static int result_first(void)
{
    co_future future;

    co_future_init(&future);
    co_task *task = co_spawn(waiter, &future);
    await(co_sleep(0));
    co_future_set(&future, 1);
    bool asked = co_cancel(task);
    ev("%s %s", py_bool(asked), py_bool(co_cancelled(&future)));
    if (attempt(co_join(task)) == UV_ECANCELED)
        ev("main %s", py_bool(co_cancelled(task)));
    return 0;
}

static int result_or_cancellation(void *)
{
    co_future future;

    await(result_first());
    co_future_init(&future);
    co_task *task = co_spawn(waiter, &future);
    await(co_sleep(0));
    bool asked = co_cancel(task);
    ev("%s %s", py_bool(asked), py_bool(co_cancelled(&future)));
    if (co_future_set(&future, 1) == CO_ESTATE)
        ev("too late");
    return attempt(co_settle(task));
}

Test(cancel_meets_result, FUT_12_a_cancellation_outranks_a_result_that_is_not_delivered)
{
    expect(result_or_cancellation, "t=0 True False\n"
                                   "t=0 cancelled 1\n"
                                   "t=0 main True\n"
                                   "t=0 True True\n"
                                   "t=0 too late\n"
                                   "t=0 cancelled 1\n");
}

static int answers(void *)
{
    co_future future;

    co_future_init(&future);
    bool first = co_cancel(&future), second = co_cancel(&future);
    ev("%s %s %s %s", py_bool(first), py_bool(second), py_bool(co_done(&future)),
       py_bool(co_cancelled(&future)));
    co_future_init(&future);
    co_future_set(&future, 1);
    ev("%s %s", py_bool(co_cancel(&future)), py_bool(co_cancelled(&future)));
    co_future_init(&future);
    co_future_fail(&future, CO_EVALUE, "v");
    ev("%s %s", py_bool(co_cancel(&future)), py_bool(co_cancelled(&future)));
    return 0;
}

Test(cancel_meets_result, a_future_that_is_done_cannot_be_cancelled)
{
    expect(answers, "t=0 True False True True\n"
                    "t=0 False False\n"
                    "t=0 False False\n");
}

struct survives {
    co_future *future;
};

static int survives(void *frame)
{
    if (attempt(co_join(((const struct survives *)frame)->future)) == UV_ECANCELED)
        evi("cancelled %u", co_cancelling(co_self()));
    await(co_sleep(0));
    evi("after");
    return 0;
}

static int both_ways(void *)
{
    for (int i = 0; i < 2; i++) {
        co_future future;

        co_future_init(&future);
        co_task *task = co_spawn(survives, &future);
        await(co_sleep(0));
        bool first = co_cancel(i ? task : &future);
        bool second = co_cancel(i ? &future : task);
        evi("%s %s", py_bool(first), py_bool(second));
        await(co_wait(CO_ALL_COMPLETED, CO_FOREVER, task));
        evi("%s", py_bool(co_cancelled(task)));
    }
    return 0;
}

Test(cancel_meets_result, a_task_and_its_future_cancelled_are_cancelled_once)
{
    expect(both_ways, "i=2 True True\n"
                      "i=3 cancelled 1\n"
                      "i=4 after\n"
                      "i=6 False\n"
                      "i=7 True False\n"
                      "i=8 cancelled 1\n"
                      "i=9 after\n"
                      "i=11 False\n");
}

/* ---- tasks that swallow a cancellation ----------------------------------- */

struct swallows {
};

static int swallows(void *)
{
    for (int i = 0; i < 3; i++)
        if (attempt(co_sleep(1)) == UV_ECANCELED)
            ev("%d swallowed %u", i, co_cancelling(co_self()));
        else
            ev("%d slept", i);
    return 'r';
}

static int swallowed(void *)
{
    co_task *task = co_spawn(swallows);

    for (int i = 0; i < 2; i++) {
        await(co_sleep(0.5));
        co_cancel(task);
    }
    int r = await(co_join(task));
    ev("%c %s %u", r, py_bool(co_cancelled(task)), co_cancelling(task));
    return 0;
}

Test(cancel_meets_result,
     a_task_that_swallows_a_cancellation_continues_and_the_request_stays_counted)
{
    expect(swallowed, "t=0.5 0 swallowed 1\n"
                      "t=1 1 swallowed 2\n"
                      "t=2 2 slept\n"
                      "t=2 r False 2\n");
}

struct gives_way {
};

static int gives_way(void *)
{
    for (int i = 0; i < 3; i++)
        if (attempt(co_sleep(0)) == UV_ECANCELED)
            evi("cancelled %d", i);
        else
            evi("turn %d", i);
    return 0;
}

static int giving_way(void *)
{
    co_task *task = co_spawn(gives_way);

    await(co_sleep(0));
    await(co_sleep(0));
    co_cancel(task);
    evi("cancel");
    await(co_join(task));
    evi("end");
    return 0;
}

Test(cancel_meets_result, a_task_can_be_cancelled_at_sleep_0)
{
    expect(giving_way, "i=3 turn 0\n"
                       "i=3 cancel\n"
                       "i=4 cancelled 1\n"
                       "i=5 turn 2\n"
                       "i=6 end\n");
}

static int cancels_itself(void *)
{
    co_cancel(co_self());
    if (attempt(co_sleep(1)) == UV_ECANCELED)
        ev("swallowed");
    await(co_sleep(0.1));
    ev("main goes on");
    return 5;
}

static int main_swallows(void)
{
    ev("%d", co_run(cancels_itself, NULL));
    return 0;
}

Test(cancel_meets_result, main_can_swallow_a_cancellation)
{
    expect_program(main_swallows, "t=0 swallowed\n"
                                  "t=0.1 main goes on\n"
                                  "t=0.1 5\n");
}

/* ---- tasks that cancel each other ---------------------------------------- */

struct passes_on {
    char name;
    co_task *next;
};

static void cancel_next(const struct passes_on **self)
{
    evi("%c", (*self)->name);
    if ((*self)->next)
        co_cancel((*self)->next);
}

static int passes_on(void *frame)
{
    finally(cancel_next) const struct passes_on *self = frame;

    (void)self;
    return attempt(co_sleep(5));
}

static int chain(void *)
{
    co_task *c = co_spawn(passes_on, 'C', NULL), *b = co_spawn(passes_on, 'B', c);
    co_task *a = co_spawn(passes_on, 'A', b);

    await(co_sleep(0));
    co_cancel(a);
    await(co_wait(CO_ALL_COMPLETED, CO_FOREVER, a, b, c));
    evi("end %s %s %s", py_bool(co_cancelled(a)), py_bool(co_cancelled(b)),
        py_bool(co_cancelled(c)));
    return 0;
}

Test(cancel_meets_result, a_cleanup_that_cancels_another_is_an_iteration_ahead)
{
    expect(chain, "i=3 A\n"
                  "i=4 B\n"
                  "i=5 C\n"
                  "i=7 end True True True\n");
}

struct child {
    co_task *parent;
};

static int child(void *frame)
{
    co_cancel_with(((const struct child *)frame)->parent, "by child");
    evi("child");
    return 1;
}

struct parent {
};

static int parent(void *)
{
    int r = attempt(co_join(co_spawn(child, co_self())));

    evi("parent %s %u", py_args(r).s, co_cancelling(co_self()));
    return r;
}

static int by_its_child(void *)
{
    int r = attempt(co_join(co_spawn(parent)));

    evi("main %s", py_args(r).s);
    return 0;
}

/* The request goes to the child itself, which is what the parent waits for. The child
 * ends before the cancellation arrives.
 */
Test(cancel_meets_result, a_child_that_cancels_its_awaiter_cancels_itself)
{
    expect(by_its_child, "i=3 child\n"
                         "i=4 parent ('by child',) 1\n"
                         "i=5 main ('by child',)\n");
}

/* ---- cleanups ------------------------------------------------------------ */

struct asks_again {
};

static int asks_again(void *)
{
    int r = attempt(co_sleep(5));

    co_cancel_with(co_self(), "second");
    ev("cleanup");
    return r;
}

static int asked_again(void *)
{
    co_task *task = co_spawn(asks_again);

    await(co_sleep(0));
    co_cancel_with(task, "first");
    int r = attempt(co_join(task));
    ev("%s %u", py_args(r).s, co_cancelling(task));
    return 0;
}

Test(cancel_meets_result, a_request_during_a_cleanup_that_does_not_wait_has_no_effect)
{
    expect(asked_again, "t=0 cleanup\n"
                        "t=0 ('first',) 2\n");
}

struct cleans_slowly {
};

static int cleans_slowly(void *)
{
    int r = co_raise(CO_EVALUE, "v");

    ev("cleaning");
    await(co_sleep(5));
    ev("never");
    return r;
}

static int cut_short(void *)
{
    co_task *task = co_spawn(cleans_slowly);

    await(co_sleep(0.1));
    co_cancel_with(task, "stop");
    int r = attempt(co_join(task));
    ev("%s %s", py_repr(r).s, py_bool(co_cancelled(task)));
    return 0;
}

Test(cancel_meets_result,
     a_cancellation_takes_the_place_of_the_error_that_is_cleaned_up_after)
{
    expect(cut_short, "t=0 cleaning\n"
                      "t=0.1 CancelledError('stop') True\n");
}
