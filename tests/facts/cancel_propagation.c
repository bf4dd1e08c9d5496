/* cancel: how it passes to the awaited task and back to the awaiters, and what a run
 * does with tasks that refuse.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

/* Sleeps or waits for another task, and prints in which iteration it is cancelled. */
struct victim {
    const char *text;
    bool delegates;
};

static int victim(void *frame)
{
    const struct victim *self = frame;
    int r = attempt(self->delegates ? co_join(co_spawn(victim, "inner cancelled"))
                                    : co_sleep(5));

    if (r == UV_ECANCELED)
        evi("%s", self->text);
    return r;
}

static int cancel_07(void *)
{
    co_task *task = co_spawn(victim, "outer cancelled", .delegates = true);

    await(co_sleep(0));
    await(co_sleep(0));
    evi("cancel");
    co_cancel(task);
    await(co_settle(task));
    evi("end");
    return 0;
}

Test(cancel_propagation, CANCEL_07_a_request_goes_first_to_the_task_awaited)
{
    expect(cancel_07, "i=3 cancel\n"
                      "i=4 inner cancelled\n"
                      "i=5 outer cancelled\n"
                      "i=7 end\n");
}

/* Stand for the results 'inner result' and 'outer result'. */
enum { INNER = 1, OUTER };

struct swallower {
};

static int swallower(void *)
{
    int r = attempt(co_sleep(5));

    if (r != UV_ECANCELED)
        return r;
    ev("inner swallows");
    return INNER;
}

struct delegator {
};

static int delegator(void *)
{
    int r = await(co_join(co_spawn(swallower)));

    ev("outer got %s cancelling %u", r == INNER ? "inner result" : "nothing",
       co_cancelling(co_self()));
    return OUTER;
}

static int cancel_08(void *)
{
    co_task *task = co_spawn(delegator);

    await(co_sleep(0.1));
    co_cancel(task);
    int r = await(co_join(task));
    ev("%s cancelled %s", r == OUTER ? "outer result" : "nothing",
       py_bool(co_cancelled(task)));
    return 0;
}

Test(cancel_propagation,
     CANCEL_08_if_the_awaited_task_swallows_it_no_other_task_notices)
{
    expect(cancel_08, "t=0.1 inner swallows\n"
                      "t=0.1 outer got inner result cancelling 1\n"
                      "t=0.1 outer result cancelled False\n");
}

struct awaiter {
    co_task *task;
};

static int awaiter(void *frame)
{
    const struct awaiter *self = frame;

    await(co_join(self->task));
    return 0;
}

static int cancel_13(void *)
{
    co_task *task = co_spawn(sleeper, 5);
    co_task *outer = co_spawn(awaiter, task);

    await(co_sleep(0.1));
    co_cancel(task);
    await(co_settle(outer));
    ev("outer cancelled %s cancelling %u", py_bool(co_cancelled(outer)),
       co_cancelling(outer));
    return 0;
}

Test(cancel_propagation, CANCEL_13_awaiting_a_cancelled_task_is_a_cancellation)
{
    expect(cancel_13, "t=0.1 outer cancelled True cancelling 0\n");
}

static int cancel_17(void *)
{
    co_task *tasks[] = { co_spawn(victim, "A cancelled"),
                         co_spawn(victim, "B cancelled"),
                         co_spawn(victim, "C cancelled") };

    await(co_sleep(0));
    co_cancel(tasks[1]);
    co_cancel(tasks[2]);
    co_cancel(tasks[0]);
    evi("cancelled B, C, A");
    await(co_settlev(tasks, 3));
    return 0;
}

Test(cancel_propagation, CANCEL_17_requests_arrive_in_the_order_they_were_made)
{
    expect(cancel_17, "i=2 cancelled B, C, A\n"
                      "i=3 B cancelled\n"
                      "i=3 C cancelled\n"
                      "i=3 A cancelled\n");
}

struct napper {
    const char *name;
};

static int napper(void *frame)
{
    const struct napper *self = frame;
    int r = attempt(co_sleep(0.2));

    ev("%s %s", self->name, r == UV_ECANCELED ? py_exception(r) : "woke normally");
    return r;
}

struct canceller {
    co_task **target; /* read when it starts */
};

static int canceller(void *frame)
{
    const struct canceller *self = frame;

    await(co_sleep(0.2));
    ev("canceller: cancel -> %s", py_bool(co_cancel(*self->target)));
    return 0;
}

static int cancel_19(void *)
{
    co_task *a = co_spawn(napper, "older sleeper");
    co_task *c = co_spawn(canceller, &a);
    await(co_settle(a, c));

    co_task *b;
    co_task *d = co_spawn(canceller, &b);
    b = co_spawn(napper, "younger sleeper");
    await(co_settle(b, d));
    return 0;
}

Test(cancel_propagation, CANCEL_19_a_request_outranks_a_wake_up_of_the_same_instant)
{
    expect(cancel_19, "t=0.2 older sleeper woke normally\n"
                      "t=0.2 canceller: cancel -> False\n"
                      "t=0.4 canceller: cancel -> True\n"
                      "t=0.4 younger sleeper CancelledError\n");
}

struct level {
    int n;
};

static void unwind(const struct level **level) { evi("unwind level %d", (*level)->n); }

static int level(void *frame)
{
    finally(unwind) const struct level *self = frame;

    if (self->n == 0)
        await(co_sleep(5));
    else
        await(co_call(level, self->n - 1));
    return 0;
}

static int cancel_20(void *)
{
    co_task *task = co_spawn(level, 2);

    await(co_sleep(0));
    co_cancel(task);
    await(co_settle(task));
    return 0;
}

Test(cancel_propagation, CANCEL_20_a_chain_of_awaits_unwinds_in_one_step)
{
    expect(cancel_20, "i=3 unwind level 0\n"
                      "i=3 unwind level 1\n"
                      "i=3 unwind level 2\n");
}

static int cancel_22(void *)
{
    co_task *task = co_spawn(sleeper, 5);

    await(co_sleep(0.1));
    co_cancel(task);
    await(co_sleep(0.1));
    co_drop(task);
    ev("nothing logged");
    return 0;
}

Test(cancel_propagation, CANCEL_22_a_cancelled_task_that_is_not_awaited_is_not_logged)
{
    expect(cancel_22, "t=0.2 nothing logged\n");
}

struct stubborn {
};

static int stubborn(void *)
{
    for (int i = 0; i < 3; i++)
        if (attempt(co_sleep(0.3)) == UV_ECANCELED)
            ev("ignored");
    ev("stubborn ends");
    return 0;
}

static int cancel_23(void *)
{
    co_spawn(stubborn);
    await(co_sleep(0.1));
    ev("main ends");
    return 0;
}

static int cancel_23_program(void)
{
    int r = co_run(cancel_23, NULL);

    ev("run returned");
    return r;
}

Test(cancel_propagation, CANCEL_23_a_run_waits_for_a_task_that_refuses_to_end)
{
    expect_program(cancel_23_program, "t=0.1 main ends\n"
                                      "t=0.1 ignored\n"
                                      "t=0.7 stubborn ends\n"
                                      "t=0.7 run returned\n");
}

static int cancel_25(void *)
{
    co_task *task = co_spawn(sleeper, 0, 1);

    await(co_join(task));
    bool asked = co_cancel(task);
    line("%s %s %u %d", py_bool(asked), py_bool(co_cancelled(task)),
         co_cancelling(task), co_result(task));
    return 0;
}

Test(cancel_propagation, CANCEL_25_a_task_that_is_done_cannot_be_cancelled)
{
    expect(cancel_25, "False False 0 1\n");
}

/* Two tasks that wait for each other. */
struct pair {
    co_task *tasks[2];
};

struct half {
    const struct pair *pair;
    int other;
};

static int half(void *frame)
{
    const struct half *self = frame;

    return await(co_join(self->pair->tasks[self->other]));
}

static void pair_up(struct pair *pair)
{
    pair->tasks[0] = co_spawn(half, pair, 1);
    pair->tasks[1] = co_spawn(half, pair, 0);
}

static int task_18(void *)
{
    struct pair pair;

    pair_up(&pair);
    await(co_sleep(0.1));
    ev("both pending: %s", py_bool(!co_done(pair.tasks[0]) && !co_done(pair.tasks[1])));
    co_cancel(pair.tasks[0]);
    await(co_settlev(pair.tasks, 2));
    ev("both cancelled: %s",
       py_bool(co_cancelled(pair.tasks[0]) && co_cancelled(pair.tasks[1])));
    return 0;
}

/* CPython follows the circle until a RecursionError, and then hangs; here a request
 * goes round once.
 */
Test(cancel_propagation, TASK_18_a_circle_of_awaits_can_be_cancelled)
{
    expect(task_18, "t=0.1 both pending: True\n"
                    "t=0.1 both cancelled: True\n");
}

static int circle(void *)
{
    struct pair pair;

    pair_up(&pair);
    return await(co_join(pair.tasks[0]));
}

static int circle_program(void)
{
    return co_run(circle, NULL) == CO_EDEADLK ? 0 : CO_ERUNTIME;
}

Test(cancel_propagation, TASK_18_a_circle_of_awaits_is_a_deadlock)
{
    expect_program(circle_program, "t=0 DEADLOCK (nothing ready, no timer: "
                                   "the loop would block forever)\n");
}

/* ---- a long chain --------------------------------------------------------- */

struct chained {
    co_task *next;
};

static int chained(void *frame)
{
    const struct chained *self = frame;

    return self->next ? attempt(co_join(self->next)) : attempt(co_sleep(100));
}

static int long_chain(void *)
{
    co_task *first = NULL;

    for (int i = 0; i < 2000; i++)
        first = co_spawn(chained, first);
    await(co_sleep(1));
    co_cancel(first);
    return attempt(co_join(first)) == UV_ECANCELED ? 1 : 0;
}

Test(cancel_propagation, a_request_passes_through_a_chain_of_any_length)
{
    cr_assert(eq(int, co_run(long_chain, &(co_options){ .virtual_time = true }), 1));
}
