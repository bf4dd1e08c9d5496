/* The message of a cancellation on its way through gather, wait_for and chains of
 * tasks, and which awaiter gets it.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

/* Prints the message of its cancellation, and ends cancelled. */
struct job {
    const char *name;
};

static int job(void *frame)
{
    int r = attempt(co_sleep(5));

    if (r == UV_ECANCELED)
        ev("%s %s", ((const struct job *)frame)->name, py_args(r).s);
    return r;
}

/* Awaits a future, prints the outcome, and ends with it. */
struct awaiter {
    const char *name;
    co_future *future;
};

static int awaiter(void *frame)
{
    const struct awaiter *self = frame;
    int r = attempt(co_join(self->future));

    if (r == UV_ECANCELED)
        ev("%s %s", self->name, py_args(r).s);
    return r;
}

/* Await it, and print the message of the cancellation. */
static int say_args(const char *name, co_future *future)
{
    int r = attempt(co_join(future));

    if (r == UV_ECANCELED)
        ev("%s%s%s", name, *name ? " " : "", py_args(r).s);
    return 0;
}

/* ---- on the way down and up ---------------------------------------------- */

struct gatherer {
    bool settle;
};

static int gatherer(void *frame)
{
    const struct gatherer *self = frame;
    co_task *a = co_spawn(job, "A"), *b = co_spawn(job, "B");
    int r = attempt(self->settle ? co_settle(a, b) : co_gather(a, b));

    ev("outer %s", py_args(r).s);
    return r;
}

static int through_gather(void *)
{
    co_task *task = co_spawn(gatherer);

    await(co_sleep(0.1));
    co_cancel_with(task, "stop");
    await(say_args("main 0", task));
    return await(say_args("main 1", task));
}

Test(cancel_messages, a_message_goes_through_gather_to_the_children_and_back)
{
    expect(through_gather, "t=0.1 A ('stop',)\n"
                           "t=0.1 B ('stop',)\n"
                           "t=0.1 outer ('stop',)\n"
                           "t=0.1 main 0 ('stop',)\n"
                           "t=0.1 main 1 ()\n");
}

static int through_settle(void *)
{
    co_task *task = co_spawn(gatherer, .settle = true);

    await(co_sleep(0.1));
    co_cancel_with(task, "stop");
    return await(say_args("main", task));
}

Test(cancel_messages, a_message_goes_through_a_gather_that_returns_exceptions)
{
    expect(through_settle, "t=0.1 A ('stop',)\n"
                           "t=0.1 B ('stop',)\n"
                           "t=0.1 outer ('stop',)\n"
                           "t=0.1 main ('stop',)\n");
}

static int of_a_child(void *)
{
    co_task *a = co_spawn(sleeper, 5), *b = co_spawn(sleeper, 5);
    co_future *both = co_gather_future(a, b);

    await(co_sleep(0.1));
    co_cancel_with(a, "a only");
    int r = attempt(co_join(both));
    ev("gather %s %s", py_args(r).s, py_bool(co_cancelled(both)));
    await(say_args("a", a));
    co_cancel(b);
    return 0;
}

Test(cancel_messages, the_message_of_a_child_is_consumed_by_its_gather)
{
    expect(of_a_child, "t=0.1 gather ('a only',) False\n"
                       "t=0.1 a ()\n");
}

static int after_settling(void *)
{
    co_task *a = co_spawn(sleeper, 5);

    co_future *all = co_settle_futurev(&a, 1);
    await(co_sleep(0.1));
    co_cancel_with(a, "msg");
    await(co_join(all));
    ev("[%s]", py_exception(co_outcome(a)));
    await(say_args("a", a));
    return await(say_args("a", a));
}

/* Python lists it as CancelledError(''): an empty message there, none here. */
Test(cancel_messages, a_gather_that_returns_exceptions_leaves_the_message_of_a_child)
{
    expect(after_settling, "t=0.1 [CancelledError]\n"
                           "t=0.1 a ('msg',)\n"
                           "t=0.1 a ()\n");
}

struct time_waiter {
    double seconds;
};

static int time_waiter(void *frame)
{
    const struct time_waiter *self = frame;
    int r = attempt(co_wait_for(co_spawn(job, "job"), self->seconds));

    ev("waiter %s", py_args(r).s);
    return r;
}

static int through_wait_for(void *)
{
    co_task *task = co_spawn(time_waiter, 3);

    await(co_sleep(0.1));
    co_cancel_with(task, "stop");
    return await(say_args("main", task));
}

Test(cancel_messages, wait_for_drops_the_message)
{
    expect(through_wait_for, "t=0.1 job ()\n"
                             "t=0.1 waiter ('stop',)\n"
                             "t=0.1 main ('stop',)\n");
}

Test(cancel_messages, wait_for_passes_the_message_on_since_312)
{
    expect_as(312, through_wait_for,
              "t=0.1 job ('stop',)\n"
              "t=0.1 waiter ('stop',)\n"
              "t=0.1 main ('stop',)\n");
}

static int through_endless_wait_for(void *)
{
    co_task *task = co_spawn(time_waiter, CO_FOREVER);

    await(co_sleep(0.1));
    co_cancel_with(task, "stop");
    return await(say_args("main", task));
}

Test(cancel_messages, wait_for_without_a_timeout_passes_the_message_on)
{
    expect(through_endless_wait_for, "t=0.1 job ('stop',)\n"
                                     "t=0.1 waiter ('stop',)\n"
                                     "t=0.1 main ('stop',)\n");
}

struct middle {
};

static int middle(void *)
{
    return attempt(co_call(awaiter, "mid", co_spawn(job, "inner")));
}

struct outer {
};

static int outer(void *)
{
    return attempt(co_call(awaiter, "outer", co_spawn(middle)));
}

static int through_tasks(void *)
{
    co_task *task = co_spawn(outer);

    await(co_sleep(0.1));
    co_cancel_with(task, "deep");
    return await(say_args("main", task));
}

Test(cancel_messages, a_message_goes_down_a_chain_of_tasks_and_back)
{
    expect(through_tasks, "t=0.1 inner ('deep',)\n"
                          "t=0.1 mid ('deep',)\n"
                          "t=0.1 outer ('deep',)\n"
                          "t=0.1 main ('deep',)\n");
}

static int two_awaiters(void *)
{
    co_task *task = co_spawn(sleeper, 5);
    co_task *a = co_spawn(awaiter, "A", task), *b = co_spawn(awaiter, "B", task);

    await(co_sleep(0.1));
    co_cancel_with(task, "msg");
    return await(co_settle(a, b));
}

Test(cancel_messages, of_two_awaiters_the_first_gets_the_message_of_a_task)
{
    expect(two_awaiters, "t=0.1 A ('msg',)\n"
                         "t=0.1 B ()\n");
}

static int two_awaiters_of_a_future(void *)
{
    co_future future;

    co_future_init(&future);
    co_task *tasks[] = { co_spawn(awaiter, "A", &future),
                         co_spawn(awaiter, "B", &future) };
    await(co_sleep(0.1));
    co_cancel_with(&future, "shared");
    await(co_settlev(tasks, 2));
    for (int i = 0; i < 2; i++) {
        int r = attempt(co_join(tasks[i]));
        ev("%s %s %u", py_args(r).s, py_bool(co_cancelled(tasks[i])),
           co_cancelling(tasks[i]));
    }
    return 0;
}

Test(cancel_messages, of_two_awaiters_both_get_the_message_of_a_future)
{
    expect(two_awaiters_of_a_future, "t=0.1 A ('shared',)\n"
                                     "t=0.1 B ('shared',)\n"
                                     "t=0.1 ('shared',) True 0\n"
                                     "t=0.1 ('shared',) True 0\n");
}
