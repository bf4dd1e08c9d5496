/* gather: order of results, first error, return_exceptions, cancellation, and how many
 * iterations it takes. Nested gathers are in gather_nested.c, siblings of a failed
 * child in gather_siblings.c.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>

#include "tests/support/expect.h"

/* Sleeps, then fails or is done; may take its time to clean up. */
struct job {
    const char *name;
    double seconds;
    const char *done;      /* NULL: prints nothing at its end */
    const char *cancelled; /* NULL: prints nothing when it is cancelled */
    bool fails;
    double cleanup;
    bool swallows;
};

static int job(void *frame)
{
    const struct job *self = frame;
    int r = attempt(co_sleep(self->seconds));

    if (r == UV_ECANCELED && self->cancelled)
        ev("%s %s", self->name, self->cancelled);
    if (r == UV_ECANCELED && self->cleanup > 0) {
        await(co_sleep(self->cleanup));
        ev("%s cleanup done", self->name);
    }
    if (r == UV_ECANCELED && self->swallows)
        return *self->name;
    await(r);
    if (self->done)
        ev("%s %s", self->name, self->done);
    return self->fails ? co_raise(CO_EVALUE, "%s", self->name) : *self->name;
}

static int gather_01(void *)
{
    co_task *a = co_spawn(job, "A", 0.3, .done = "done");
    co_task *b = co_spawn(job, "B", 0.1, .done = "done");
    co_task *c = co_spawn(job, "C", 0.2, .done = "done");

    await(co_gather(a, b, c));
    ev("['%c', '%c', '%c']", co_result(a), co_result(b), co_result(c));
    return 0;
}

Test(gather, GATHER_01_results_come_in_the_order_of_the_arguments)
{
    expect(gather_01, "t=0.1 B done\n"
                      "t=0.2 C done\n"
                      "t=0.3 A done\n"
                      "t=0.3 ['A', 'B', 'C']\n");
}

struct reports {
    char name;
};

static int reports(void *frame)
{
    const struct reports *self = frame;

    ev("%c %s", self->name, co_name(co_self()));
    return 0;
}

static int gather_02(void *)
{
    co_future *all = co_gather_future(co_spawn(reports, 'A'), co_spawn(reports, 'B'),
                                      co_spawn(reports, 'C'));

    ev("gather called, nothing started");
    await(co_sleep(0));
    ev("after sleep(0); gather done: %s", py_bool(co_done(all)));
    await(co_join(all));
    return 0;
}

Test(gather, GATHER_02_the_children_start_whether_it_is_awaited_or_not)
{
    expect(gather_02, "t=0 gather called, nothing started\n"
                      "t=0 A Task-2\n"
                      "t=0 B Task-3\n"
                      "t=0 C Task-4\n"
                      "t=0 after sleep(0); gather done: False\n");
}

static int gather_04(void *)
{
    int r = attempt(
        co_gather(co_spawn(job, "A", 0.3, .done = "done", .cancelled = "cancelled"),
                  co_spawn(job, "B", 0.1, .fails = true)));

    if (r == CO_EVALUE)
        ev("main caught %s", py_repr(r).s);
    return 0;
}

static int gather_04_program(void)
{
    int r = co_run(gather_04, NULL);

    ev("run returned");
    return r;
}

Test(gather, GATHER_04_the_children_left_are_cancelled_when_main_ends)
{
    expect_program(gather_04_program, "t=0.1 main caught ValueError('B')\n"
                                      "t=0.1 A cancelled\n"
                                      "t=0.1 run returned\n");
}

static int gather_05(void *)
{
    int r =
        attempt(co_gather(co_spawn(job, "A", 0.2, .done = "raises", .fails = true),
                          co_spawn(job, "B", 0.1, .done = "raises", .fails = true),
                          co_spawn(job, "C", 0.3, .done = "raises", .fails = true)));

    if (r == CO_EVALUE)
        ev("main caught %s", py_repr(r).s);
    await(co_sleep(0.5));
    ev("main end, nothing logged");
    return 0;
}

Test(gather, GATHER_05_only_the_first_error_is_raised_and_none_is_logged)
{
    expect(gather_05, "t=0.1 B raises\n"
                      "t=0.1 main caught ValueError('B')\n"
                      "t=0.2 A raises\n"
                      "t=0.3 C raises\n"
                      "t=0.6 main end, nothing logged\n");
}

static int gather_07(void *)
{
    co_task *a = co_spawn(job, "A", 0.3, .done = "done", .cancelled = "cancelled");
    co_task *b = co_spawn(job, "B", 0.2, .done = "done", .cancelled = "cancelled");
    struct future_callback cancel = CANCEL(b);

    co_call_later(&cancel.timer, 0.1);
    if (attempt(co_gather(a, b)) == UV_ECANCELED)
        ev("main CancelledError; cancelling() = %u", co_cancelling(co_self()));
    await(co_sleep(0.3));
    ev("main end");
    return 0;
}

Test(gather, GATHER_07_a_cancelled_child_leaves_its_siblings_alone)
{
    expect(gather_07, "t=0.1 B cancelled\n"
                      "t=0.1 main CancelledError; cancelling() = 0\n"
                      "t=0.3 A done\n"
                      "t=0.4 main end\n");
}

static int gather_08(void *)
{
    co_task *a = co_spawn(sleeper, 0.2, 'A');
    co_task *b = co_spawn(sleeper, 0.2, 'B');
    struct future_callback cancel = CANCEL(b);

    co_call_later(&cancel.timer, 0.1);
    await(co_settle(a, b));
    ev("['%c', %s('')]", co_result(a), py_exception(co_result(b)));
    return 0;
}

Test(gather, GATHER_08_return_exceptions_lists_a_cancelled_child_too)
{
    expect(gather_08, "t=0.2 ['A', CancelledError('')]\n");
}

struct outer_10 {
};

static int outer_10(void *)
{
    co_task *a = co_spawn(job, "A", 9, .cancelled = "cancelled", .cleanup = 0.3);
    co_task *b = co_spawn(job, "B", 9, .cancelled = "cancelled", .cleanup = 0.1);
    int r = attempt(co_settle(a, b));

    if (r == UV_ECANCELED)
        ev("outer CancelledError");
    else
        ev("[%d, %d]", co_result(a), co_result(b));
    return r;
}

static int gather_10(void *)
{
    co_task *task = co_spawn(outer_10);

    await(co_sleep(0.1));
    co_cancel(task);
    await(co_settle(task));
    return 0;
}

Test(gather, GATHER_10_cancelled_with_return_exceptions_it_waits_for_all)
{
    expect(gather_10, "t=0.1 A cancelled\n"
                      "t=0.1 B cancelled\n"
                      "t=0.2 B cleanup done\n"
                      "t=0.4 A cleanup done\n"
                      "t=0.4 outer CancelledError\n");
}

struct outer_11 {
};

static int outer_11(void *)
{
    co_task *a = co_spawn(job, "A", 9, .cancelled = "swallows", .swallows = true);
    co_task *b = co_spawn(job, "B", 9, .cancelled = "swallows", .swallows = true);
    int r = attempt(co_gather(a, b));

    if (r == UV_ECANCELED)
        ev("outer CancelledError");
    else
        ev("result ['%c', '%c']", co_result(a), co_result(b));
    return r;
}

static int gather_11(void *)
{
    co_task *task = co_spawn(outer_11);

    await(co_sleep(0.1));
    co_cancel(task);
    await(co_settle(task));
    ev("outer cancelled: %s", py_bool(co_cancelled(task)));
    return 0;
}

Test(gather, GATHER_11_cancelled_it_raises_though_the_children_refuse)
{
    expect(gather_11, "t=0.1 A swallows\n"
                      "t=0.1 B swallows\n"
                      "t=0.1 outer CancelledError\n"
                      "t=0.1 outer cancelled: True\n");
}

static int gather_13(void *)
{
    co_spawn(evi_task, "other");
    evi(await(co_gatherv(NULL, 0)) == 0 ? "[]" : "something");
    await(co_sleep(0));
    return 0;
}

Test(gather, GATHER_13_an_empty_gather_does_not_suspend)
{
    expect(gather_13, "i=1 []\n"
                      "i=2 other\n");
}

static int gather_14(void *)
{
    evi("main");
    await(co_gather(co_spawn(evi_task, "A ends"), co_spawn(evi_task, "B ends")));
    evi("main resumed after gather");
    await(co_join(co_spawn(evi_task, "C ends")));
    evi("main resumed after task");
    return 0;
}

Test(gather, GATHER_14_latency_is_one_iteration_more_than_that_of_a_task)
{
    expect(gather_14, "i=1 main\n"
                      "i=2 A ends\n"
                      "i=2 B ends\n"
                      "i=4 main resumed after gather\n"
                      "i=5 C ends\n"
                      "i=6 main resumed after task\n");
}

static int gather_16(void *)
{
    co_task *a = co_spawn(sleeper, 0, 0);
    co_task *b = co_spawn(sleeper, 0, 1);

    await(co_settle(a, b));
    evi("all done");
    await(co_gather(a, b));
    evi("[%d, %d]", co_result(a), co_result(b));
    return 0;
}

Test(gather, GATHER_16_children_that_are_done_cost_two_iterations_too)
{
    expect(gather_16, "i=5 all done\n"
                      "i=7 [0, 1]\n");
}

static int gather_17(void *)
{
    co_task *bad = co_spawn(job, "b", 0.1, .fails = true);
    co_task *good = co_spawn(job, "good", 0.2, .done = "done");
    co_future *all = co_gather_future(bad, good);
    int r = attempt(co_join(all));

    if (r == CO_EVALUE) {
        struct py_text error = py_repr(r);
        bool asked = co_cancel(all);
        ev("caught %s cancel -> %s", error.s, py_bool(asked));
    }
    await(co_sleep(0.2));
    return 0;
}

Test(gather, GATHER_17_once_done_it_can_no_longer_be_cancelled)
{
    expect(gather_17, "t=0.1 caught ValueError('b') cancel -> False\n"
                      "t=0.2 good done\n");
}

static int gather_20(void *)
{
    co_future *all = co_gather_future(co_spawn(job, "A", 9, .cancelled = "cancelled"),
                                      co_spawn(job, "B", 9, .cancelled = "cancelled"));

    if (attempt(co_wait_for(all, 0.2)) == UV_ETIMEDOUT)
        ev("TimeoutError");
    return 0;
}

Test(gather, GATHER_20_wait_for_a_gather_cancels_all_children)
{
    expect(gather_20, "t=0.2 A cancelled\n"
                      "t=0.2 B cancelled\n"
                      "t=0.2 TimeoutError\n");
}

struct factorial {
    char name;
    int number;
};

static int factorial(void *frame)
{
    const struct factorial *self = frame;
    int f = 1;

    for (int i = 2; i <= self->number; i++) {
        ev("Task %c: Compute factorial(%d), currently i=%d...", self->name,
           self->number, i);
        await(co_sleep(1));
        f *= i;
    }
    ev("Task %c: factorial(%d) = %d", self->name, self->number, f);
    return f;
}

static int gather_22(void *)
{
    co_task *a = co_spawn(factorial, 'A', 2);
    co_task *b = co_spawn(factorial, 'B', 3);
    co_task *c = co_spawn(factorial, 'C', 4);

    await(co_gather(a, b, c));
    ev("[%d, %d, %d]", co_result(a), co_result(b), co_result(c));
    return 0;
}

Test(gather, GATHER_22_the_whole_takes_as_long_as_the_longest)
{
    expect(gather_22, "t=0 Task A: Compute factorial(2), currently i=2...\n"
                      "t=0 Task B: Compute factorial(3), currently i=2...\n"
                      "t=0 Task C: Compute factorial(4), currently i=2...\n"
                      "t=1 Task A: factorial(2) = 2\n"
                      "t=1 Task B: Compute factorial(3), currently i=3...\n"
                      "t=1 Task C: Compute factorial(4), currently i=3...\n"
                      "t=2 Task B: factorial(3) = 6\n"
                      "t=2 Task C: Compute factorial(4), currently i=4...\n"
                      "t=3 Task C: factorial(4) = 24\n"
                      "t=3 [2, 6, 24]\n");
}
