/* gather: nested, with a task given twice, with children that are done already, and
 * cancelled at critical moments.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

struct job {
    const char *text;
    double seconds;
    int result;
};

static int job(void *frame)
{
    const struct job *self = frame;

    if (self->seconds > 0)
        await(co_sleep(self->seconds));
    if (self->text)
        evi("%s", self->text);
    return self->result;
}

static int named_twice(void *)
{
    co_task *t = co_spawn(job, "job", .result = 'r');

    await(co_gather(t, t, t));
    evi("['%c', '%c', '%c']", co_result(t), co_result(t), co_result(t));
    await(co_gather(t, t));
    evi("['%c', '%c']", co_result(t), co_result(t));
    return 0;
}

Test(gather_nested, a_gather_may_have_a_task_more_than_once)
{
    expect(named_twice, "i=2 job\n"
                        "i=4 ['r', 'r', 'r']\n"
                        "i=6 ['r', 'r']\n");
}

Test(gather_nested, a_gather_may_have_a_task_more_than_once_since_312)
{
    expect_as(312, named_twice,
              "i=2 job\n"
              "i=4 ['r', 'r', 'r']\n"
              "i=4 ['r', 'r']\n");
}

static int some_done(void *)
{
    co_future f, g;

    co_future_init(&f);
    co_future_set(&f, 'f');
    co_task *a = co_spawn(sleeper, 0, 0);
    await(co_gather(&f, a));
    evi("['%c', %d]", co_result(&f), co_result(a));

    co_future_init(&g);
    co_future_fail(&g, CO_EVALUE, "g");
    co_task *b = co_spawn(sleeper, 0.1, 1);
    int r = attempt(co_gather(b, &g));
    evi("%s %s", py_repr(r).s, py_bool(co_done(b)));
    r = await(co_join(b));
    ev("0.%d", r);
    return 0;
}

Test(gather_nested, some_children_may_be_done)
{
    expect(some_done, "i=5 ['f', 0]\n"
                      "i=7 ValueError('g') False\n"
                      "t=0.1 0.1\n");
}

Test(gather_nested, some_children_may_be_done_since_312)
{
    expect_as(312, some_done,
              "i=5 ['f', 0]\n"
              "i=5 ValueError('g') False\n"
              "t=0.1 0.1\n");
}

struct bad {
    const char *why;
    double seconds;
};

static int bad(void *frame)
{
    const struct bad *self = frame;

    await(co_sleep(self->seconds));
    return co_raise(CO_EVALUE, "%s", self->why);
}

static int several_errors(void *)
{
    int r = attempt(co_gather(co_spawn(bad, "A", 0.1), co_spawn(bad, "B", 0.1),
                              co_spawn(bad, "C")));

    evi("%s", py_repr(r).s);
    await(co_sleep(0.2));
    ev("end");
    return 0;
}

Test(gather_nested, the_error_that_comes_first_is_that_of_the_gather)
{
    expect(several_errors, "i=5 ValueError('C')\n"
                           "t=0.2 end\n");
}

struct says_cancelled {
    const char *text;
};

static int says_cancelled(void *frame)
{
    int r = attempt(co_sleep(5));

    if (r == UV_ECANCELED)
        evi("%s", ((const struct says_cancelled *)frame)->text);
    return r;
}

static int cancelled_from_above(void *)
{
    co_future *inner =
        co_gather_future(co_spawn(says_cancelled, "A"), co_spawn(says_cancelled, "B"));
    co_future *outer = co_gather_future(inner, co_spawn(says_cancelled, "C"));

    await(co_sleep(0));
    evi("%s", py_bool(co_cancel(outer)));
    if (attempt(co_join(outer)) == UV_ECANCELED)
        evi("main %s", py_bool(co_cancelled(outer)));
    return 0;
}

Test(gather_nested, a_cancellation_goes_down_through_nested_gathers)
{
    expect(cancelled_from_above, "i=2 True\n"
                                 "i=3 A\n"
                                 "i=3 B\n"
                                 "i=3 C\n"
                                 "i=5 main False\n");
}

struct ends {
    const char *name;
};

static int ends(void *frame)
{
    const struct ends *self = frame;
    int r = attempt(co_sleep(0.3));

    ev("%s %s", self->name, r == UV_ECANCELED ? "cancelled" : "ends");
    return r;
}

static int failed_below(void *)
{
    co_future *inner = co_gather_future(co_spawn(bad, "x", 0.1), co_spawn(ends, "A"));
    int r = attempt(co_gather(inner, co_spawn(ends, "B")));

    evi("%s", py_repr(r).s);
    await(co_sleep(0.5));
    ev("end");
    return 0;
}

Test(gather_nested, an_error_goes_up_through_nested_gathers_and_cancels_no_task)
{
    expect(failed_below, "i=7 ValueError('x')\n"
                         "t=0.3 A ends\n"
                         "t=0.3 B ends\n"
                         "t=0.6 end\n");
}

/* Prints whether a future is done. */
struct probe {
    co_callback callback;
    const char *text;
    co_future *future;
};

static void probe(co_callback *self)
{
    const struct probe *probe = co_container_of(self, struct probe, callback);

    evi("%s %s", probe->text, py_bool(co_done(probe->future)));
}

static int cancelled_then_error(void *)
{
    co_task *a = co_spawn(sleeper, 5), *b = co_spawn(bad, "x", 0.1);
    co_future *both = co_keep(co_gather_future(a, b)); /* for the probe */
    struct probe done = { { probe }, "b done", both };
    struct future_callback cancel = CANCEL(a);

    co_on_done(b, &done.callback);
    co_call_later(&cancel.timer, 0.1);
    int r = attempt(co_join(both));
    evi("%s", py_repr(r).s);
    await(co_sleep(0.1));
    ev("end");
    return 0;
}

Test(gather_nested, a_child_cancelled_first_is_the_outcome_of_a_gather)
{
    expect(cancelled_then_error, "i=5 b done True\n"
                                 "i=6 CancelledError()\n"
                                 "t=0.2 end\n");
}

static int cancelled_too_late(void *)
{
    co_task *a = co_spawn(job, .result = 1);
    co_future *all = co_gather_future(a);

    await(co_sleep(0));
    bool done = co_done(all), asked = co_cancel(all);
    evi("%s %s %s", py_bool(co_done(a)), py_bool(done), py_bool(asked));
    await(co_join(all));
    evi("[%d]", co_result(a));
    return 0;
}

Test(gather_nested, a_gather_whose_children_are_done_cannot_be_cancelled)
{
    expect(cancelled_too_late, "i=2 True False False\n"
                               "i=4 [1]\n");
}

struct awaiter {
    co_future *future;
};

static int awaiter(void *frame)
{
    int r = attempt(co_join(((const struct awaiter *)frame)->future));

    evi(r == UV_ECANCELED ? "w cancelled" : "w");
    return r;
}

static void cancel_aloud(co_callback *self)
{
    struct future_callback *doing =
        co_container_of(self, struct future_callback, timer.callback);

    evi("cancel %s", py_bool(co_cancel(doing->future)));
}

static int awaiter_cancelled(void *)
{
    co_future *all = co_gather_future(co_spawn(job, .result = 1));
    co_task *wait = co_spawn(awaiter, all);
    struct future_callback cancel = { { { cancel_aloud } }, wait, 0 };

    co_on_done(all, &cancel.timer.callback);
    await(co_settle(wait));
    evi("%s", py_bool(co_cancelled(wait)));
    return 0;
}

Test(gather_nested, an_awaiter_can_be_cancelled_when_the_gather_is_complete)
{
    expect(awaiter_cancelled, "i=4 cancel True\n"
                              "i=4 w cancelled\n"
                              "i=6 True\n");
}

static int of_futures(void *)
{
    co_future f, g;

    co_future_init(&f);
    co_future_init(&g);
    co_future *both = co_gather_future(&f, &g);
    bool asked = co_cancel_with(both, "m");
    evi("%s %s %s %s", py_bool(asked), py_bool(co_cancelled(&f)),
        py_bool(co_cancelled(&g)), py_bool(co_done(both)));
    int r = attempt(co_join(both));
    evi("%s %s", py_args(r).s, py_bool(co_cancelled(both)));
    return 0;
}

Test(gather_nested, a_gather_of_futures_is_cancelled_at_once_and_done_later)
{
    expect(of_futures, "i=1 True True True False\n"
                       "i=3 ('m',) False\n");
}

struct gathers_itself {
};

static int gathers_itself(void *)
{
    int r = attempt(co_wait_for(co_gather_future(co_self()), 1));

    ev("%s", py_exception(r));
    return 0;
}

static int of_oneself(void *)
{
    co_task *task = co_spawn(gathers_itself);

    await(co_join(task));
    ev("%s", py_bool(co_cancelled(task)));
    return 0;
}

Test(gather_nested, a_task_that_waits_for_a_gather_of_itself_cancels_itself)
{
    expect(of_oneself, "t=1 CancelledError\n"
                       "t=1 False\n"
                       "LOG ERROR _GatheringFuture exception was never retrieved | "
                       "CancelledError()\n");
}

struct refuses {
};

static int refuses(void *)
{
    if (attempt(co_sleep(5)) == UV_ECANCELED) {
        ev("refuses");
        await(co_sleep(1));
        ev("ends anyway");
    }
    return 0;
}

struct quick {
};

static int quick(void *)
{
    int r = attempt(co_sleep(5));

    ev("quick");
    return r;
}

struct outer {
};

static int outer(void *)
{
    int r = attempt(co_gather(co_spawn(refuses), co_spawn(quick)));

    ev("outer");
    return r;
}

static int one_refuses(void *)
{
    co_task *task = co_spawn(outer);

    await(co_sleep(0.1));
    co_cancel(task);
    await(co_wait(CO_ALL_COMPLETED, CO_FOREVER, task));
    ev("%s", py_bool(co_cancelled(task)));
    return attempt(co_sleep(2));
}

Test(gather_nested, a_gather_that_is_cancelled_does_not_wait_for_a_child_that_refuses)
{
    expect(one_refuses, "t=0.1 refuses\n"
                        "t=0.1 quick\n"
                        "t=0.1 outer\n"
                        "t=0.1 True\n"
                        "t=1.1 ends anyway\n");
}
