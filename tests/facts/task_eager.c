/* Eager tasks: they start inside the turn that makes them. */
#include <criterion/criterion.h>

#include "tests/support/expect.h"

/* evi(texts…), a sleep(0) between each two. */
struct steps {
    const char *texts[2];
};

static int steps(void *frame)
{
    const struct steps *self = frame;

    evi("%s", self->texts[0]);
    if (!self->texts[1])
        return 7;
    await(co_sleep(0));
    evi("%s", self->texts[1]);
    return 0;
}

static int eager_01(void *)
{
    co_task *quick = co_spawn(steps, { "quick runs" });
    evi("quick done %s", py_bool(co_done(quick)));
    co_task *slow = co_spawn(steps, { "slow starts", "slow resumed" });
    evi("slow done %s", py_bool(co_done(slow)));
    await(co_join(quick));
    evi("quick");
    await(co_join(slow));
    return 0;
}

Test(task_eager, EAGER_01_it_runs_up_to_its_first_wait_at_once)
{
    expect_eagerly(312, eager_01,
                   "i=1 quick runs\n"
                   "i=1 quick done True\n"
                   "i=1 slow starts\n"
                   "i=1 slow done False\n"
                   "i=1 quick\n"
                   "i=2 slow resumed\n");
}

struct named {
};

static int named(void *)
{
    line("child %s", co_name(co_self()));
    await(co_sleep(0));
    line("child %s", co_name(co_self()));
    return 0;
}

static int eager_02(void *)
{
    co_task *task = co_spawn_with((co_spawn_options){ .name = "child" }, named);

    line("creator %s", co_name(co_self()));
    await(co_join(task));
    return 0;
}

Test(task_eager, EAGER_02_it_is_the_current_task_meanwhile)
{
    expect_eagerly(312, eager_02,
                   "child Task-2\n"
                   "creator Task-1\n"
                   "child child\n");
}

Test(task_eager, EAGER_02_it_is_the_current_task_meanwhile_since_314)
{
    expect_eagerly(314, eager_02,
                   "child child\n"
                   "creator Task-1\n"
                   "child child\n");
}

struct bad {
};

static int bad(void *) { return co_raise(CO_EVALUE, "v"); }

static int eager_03(void *)
{
    co_task *task = co_spawn(bad);
    evi("created, done %s", py_bool(co_done(task)));
    static struct ev_callback callback;
    callback = EVI("callback");
    co_on_done(task, &callback.timer.callback);
    int r = attempt(co_join(task));
    evi("%s", py_repr(r).s);
    await(co_sleep(0));
    return 0;
}

Test(task_eager, EAGER_03_its_error_is_kept_for_the_awaiter)
{
    expect_eagerly(312, eager_03,
                   "i=1 created, done True\n"
                   "i=1 ValueError('v')\n"
                   "i=2 callback\n");
}

static int eager_04(void *)
{
    co_future *both =
        co_gather_future(co_spawn(steps, { "A" }), co_spawn(steps, { "B" }));
    evi("gather done %s", py_bool(co_done(both)));
    await(co_join(both));
    evi("resumed");
    await(co_gather(co_spawn(steps, { "C a", "C b" }),
                    co_spawn(steps, { "D a", "D b" })));
    return 0;
}

Test(task_eager, EAGER_04_a_gather_of_tasks_that_never_wait_is_done_at_once)
{
    expect_eagerly(312, eager_04,
                   "i=1 A\n"
                   "i=1 B\n"
                   "i=1 gather done True\n"
                   "i=1 resumed\n"
                   "i=1 C a\n"
                   "i=1 D a\n"
                   "i=2 C b\n"
                   "i=2 D b\n");
}

struct other {
};

static int other(void *)
{
    evi("other runs");
    return 0;
}

struct group_05 {
};

static int group_05(void *)
{
    finally(co_group_close) co_group group = {};

    co_group_enter(&group);
    co_group_spawn(&group, bad);
    evi("after failing create_task");
    if (!co_group_spawn(&group, other))
        evi("%s", py_exception(CO_ERUNTIME));
    evi("body ends");
    if (attempt(co_group_leave(&group, 0)) == CO_EGROUP)
        evi("%s", py_repr_errors(co_error_now()).s);
    return 0;
}

/* The original does this in main; here a task does it, so that its end can be read. */
static int eager_05(void *)
{
    if (attempt(co_join(co_spawn(group_05))) == UV_ECANCELED)
        line("run raised CancelledError (3.12: the cancellation of the parent leaks)");
    return 0;
}

/* Without the closing of a coroutine, which 3.12 would warn about. */
Test(task_eager, EAGER_05_a_failure_reaches_a_group_at_once_or_one_iteration_later)
{
    expect_eagerly(312, eager_05,
                   "i=1 after failing create_task\n"
                   "WARN RuntimeWarning: coroutine 'other' was never awaited\n"
                   "i=1 RuntimeError\n"
                   "i=1 body ends\n"
                   "i=1 (ValueError('v'),)\n"
                   "run raised CancelledError (3.12: the cancellation of the parent "
                   "leaks)\n");
    expect_eagerly(313, eager_05,
                   "i=1 after failing create_task\n"
                   "i=1 RuntimeError\n"
                   "i=1 body ends\n"
                   "i=1 (ValueError('v'),)\n");
    expect_eagerly(314, eager_05,
                   "i=1 after failing create_task\n"
                   "i=1 other runs\n"
                   "i=1 body ends\n"
                   "i=3 (ValueError('v'),)\n");
}

static int eager_06(void *)
{
    co_task *a = co_spawn_with((co_spawn_options){ .eager = true }, steps,
                               { "eager starts", "eager ends" });
    co_task *b = co_spawn(steps, { "normal starts", "normal ends" });

    evi("main");
    await(co_gather(a, b));
    return 0;
}

Test(task_eager, EAGER_06_a_single_task_can_be_eager)
{
    expect_as(314, eager_06,
              "i=1 eager starts\n"
              "i=1 main\n"
              "i=2 eager ends\n"
              "i=2 normal starts\n"
              "i=3 normal ends\n");
}

/* ---- beside the numbered facts ------------------------------------------- */

/* Cancels the task that spawns it, which still gets its handle. */
struct rebel {
    co_task *creator;
};

static int rebel(void *frame)
{
    co_cancel(((const struct rebel *)frame)->creator);
    return 0;
}

static int cancelled_by_its_child(void *)
{
    co_spawn(rebel, co_self());
    line("cancelling %u", co_cancelling(co_self()));
    int r = attempt(co_sleep(1));
    ev("%s", py_exception(r));
    return 0;
}

Test(task_eager, a_task_cancelled_by_an_eager_child_is_cancelled_at_its_next_wait)
{
    expect_eagerly(312, cancelled_by_its_child,
                   "cancelling 1\n"
                   "t=0 CancelledError\n");
}

struct nested {
    int depth;
};

static int nested(void *frame)
{
    const struct nested *self = frame;

    evi("%d starts", self->depth);
    if (self->depth < 3)
        co_spawn(nested, self->depth + 1);
    await(co_sleep(0));
    evi("%d ends", self->depth);
    return 0;
}

static int nests(void *)
{
    co_spawn(nested, 1);
    evi("main");
    await(co_sleep(0));
    await(co_sleep(0));
    return 0;
}

Test(task_eager, tasks_start_inside_each_other)
{
    expect_eagerly(312, nests,
                   "i=1 1 starts\n"
                   "i=1 2 starts\n"
                   "i=1 3 starts\n"
                   "i=1 main\n"
                   "i=2 3 ends\n"
                   "i=2 2 ends\n"
                   "i=2 1 ends\n");
}

static void spawn_in_callback(co_callback *)
{
    co_spawn(steps, { "in a callback", "and after" });
    evi("callback ends");
}

static int from_a_callback(void *)
{
    static co_callback callback;
    callback = (co_callback){ spawn_in_callback };

    co_call_soon(&callback);
    await(co_sleep(0));
    evi("main");
    await(co_sleep(0));
    return 0;
}

Test(task_eager, tasks_start_in_callbacks_too)
{
    expect_eagerly(312, from_a_callback,
                   "i=2 in a callback\n"
                   "i=2 callback ends\n"
                   "i=2 main\n"
                   "i=3 and after\n");
}
