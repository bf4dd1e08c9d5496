/* The message of a cancellation if several requests were made: which one the task gets,
 * and when.
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

/* Await it, and print the message of the cancellation. */
static int say_args(const char *name, co_future *future)
{
    int r = attempt(co_join(future));

    if (r == UV_ECANCELED)
        ev("%s%s%s", name, *name ? " " : "", py_args(r).s);
    return 0;
}

static int too_early(void *)
{
    co_task *task = co_spawn(job);

    co_cancel_with(task, "too early");
    await(say_args("0", task));
    return await(say_args("1", task));
}

Test(cancel_which_message, a_task_that_never_began_ends_with_the_message)
{
    expect(too_early, "t=0 0 ('too early',)\n"
                      "t=0 1 ()\n");
}

struct returns_cancelled {
};

static int returns_cancelled(void *)
{
    co_cancel_with(co_self(), "pending");
    return 1;
}

static int on_return(void *)
{
    co_task *task = co_spawn(returns_cancelled);

    await(say_args("0", task));
    return await(say_args("1", task));
}

Test(cancel_which_message,
     the_message_of_a_task_cancelled_on_its_return_is_there_for_all)
{
    expect(on_return, "t=0 0 ('pending',)\n"
                      "t=0 1 ('pending',)\n");
}

static int first_of_two(void *)
{
    co_task *task = co_spawn(job, "job");

    await(co_sleep(0));
    co_cancel_with(task, "first");
    co_cancel_with(task, "second");
    int r = attempt(co_join(task));
    ev("%s %u", py_args(r).s, co_cancelling(task));
    return 0;
}

Test(cancel_which_message, of_two_messages_to_a_task_that_waits_the_first_counts)
{
    expect(first_of_two, "t=0 job ('first',)\n"
                         "t=0 ('first',) 2\n");
}

static int last_of_two(void *)
{
    co_task *t = co_spawn(job), *u = co_spawn(job);

    co_cancel_with(t, "first");
    co_cancel_with(t, "second");
    co_cancel_with(u, "first");
    co_cancel(u);
    int r = attempt(co_join(t));
    ev("%s %u", py_args(r).s, co_cancelling(t));
    r = attempt(co_join(u));
    ev("%s %u", py_args(r).s, co_cancelling(u));
    return 0;
}

Test(cancel_which_message, of_two_messages_to_a_task_that_does_not_wait_the_last_counts)
{
    expect(last_of_two, "t=0 ('second',) 2\n"
                        "t=0 () 2\n");
}

struct asks_itself {
    double seconds;
};

static int asks_itself(void *frame)
{
    const double seconds[] = { ((const struct asks_itself *)frame)->seconds, 0.1 };

    co_cancel_with(co_self(), "me");
    for (int i = 0; i < 2; i++) {
        int r = attempt(co_sleep(seconds[i]));
        if (r == UV_ECANCELED)
            ev("%d %s", i + 1, py_args(r).s);
    }
    ev("end");
    return 0;
}

static int to_oneself(void *)
{
    await(co_join(co_spawn(asks_itself, 1)));
    return attempt(co_join(co_spawn(asks_itself, 0)));
}

Test(cancel_which_message, a_task_that_cancels_itself_gets_the_message_at_its_next_wait)
{
    expect(to_oneself, "t=0 1 ('me',)\n"
                       "t=0.1 end\n"
                       "t=0.1 1 ('me',)\n"
                       "t=0.2 end\n");
}

struct tries_twice {
    co_future *future;
};

static int tries_twice(void *frame)
{
    int r = attempt(co_join(((const struct tries_twice *)frame)->future));

    ev("job %s", py_repr(r).s);
    r = attempt(co_sleep(0));
    if (r == UV_ECANCELED)
        ev("again %s", py_args(r).s);
    return 0;
}

static int both_cancelled(void *)
{
    co_future future;

    co_future_init(&future);
    co_task *task = co_spawn(tries_twice, &future);
    await(co_sleep(0));
    co_cancel_with(&future, "future");
    co_cancel_with(task, "task");
    await(co_settle(task));
    ev("%s %u", py_bool(co_cancelled(task)), co_cancelling(task));
    return 0;
}

Test(cancel_which_message, a_cancellation_that_has_come_keeps_its_message)
{
    expect(both_cancelled, "t=0 job CancelledError('future')\n"
                           "t=0 False 1\n");
}

static int failed_and_cancelled(void *)
{
    finally(co_future_finish) co_future future;

    co_future_init(&future);
    co_task *task = co_spawn(tries_twice, &future);
    await(co_sleep(0));
    co_future_fail(&future, CO_EVALUE, "v");
    co_cancel_with(task, "task");
    await(co_settle(task));
    ev("%s %u", py_bool(co_cancelled(task)), co_cancelling(task));
    return 0;
}

Test(cancel_which_message,
     a_cancellation_takes_the_place_of_an_error_that_counts_as_seen)
{
    expect(failed_and_cancelled, "t=0 job CancelledError('task')\n"
                                 "t=0 False 1\n");
}

struct swallows_one {
};

static int swallows_one(void *)
{
    int r = attempt(co_sleep(5));

    ev("1 %s", py_args(r).s);
    r = attempt(co_sleep(5));
    ev("2 %s", py_args(r).s);
    return r;
}

static int one_swallowed(void *)
{
    co_task *task = co_spawn(swallows_one);

    await(co_sleep(0.1));
    co_cancel_with(task, "one");
    await(co_sleep(0.1));
    co_cancel(task);
    return await(say_args("main", task));
}

Test(cancel_which_message, a_message_swallowed_does_not_come_again)
{
    expect(one_swallowed, "t=0.1 1 ('one',)\n"
                          "t=0.2 2 ()\n"
                          "t=0.2 main ()\n");
}

static int of_no_length(void *)
{
    co_future empty, none;

    co_future_init(&empty);
    co_cancel_with(&empty, "");
    int r = attempt(co_join(&empty));
    ev("%s %s", py_repr(r).s, py_args(r).s);
    co_future_init(&none);
    co_cancel(&none);
    r = attempt(co_join(&none));
    ev("%s %s", py_repr(r).s, py_args(r).s);
    return 0;
}

Test(cancel_which_message, an_empty_message_is_a_message)
{
    expect(of_no_length, "t=0 CancelledError('') ('',)\n"
                         "t=0 CancelledError() ()\n");
}

struct in_time {
};

static int in_time(void *)
{
    int r = attempt(co_within(1, co_sleep(5)));

    ev("job %s", py_args(r).s);
    return r;
}

static int through_a_limit(void *)
{
    co_task *task = co_spawn(in_time);

    await(co_sleep(0.1));
    co_cancel_with(task, "outside");
    return await(say_args("main", task));
}

Test(cancel_which_message, a_timeout_lets_the_message_pass)
{
    expect(through_a_limit, "t=0.1 job ('outside',)\n"
                            "t=0.1 main ('outside',)\n");
}

struct quick {
};

static int quick(void *)
{
    int r = attempt(co_sleep(5));

    ev("quick");
    return r;
}

struct refuses {
};

static int refuses(void *)
{
    if (attempt(co_sleep(5)) == UV_ECANCELED)
        ev("refuses");
    return 1;
}

static int of_the_last_argument(void *)
{
    for (int order = 0; order < 2; order++) {
        co_task *a = co_spawn(quick), *b = co_spawn(refuses);
        co_task *tasks[] = { order ? a : b, order ? b : a };
        co_future *both = co_settle_futurev(tasks, 2);
        await(co_sleep(0.1));
        co_cancel_with(both, "m");
        int r = attempt(co_join(both));
        ev("%d %s %s %s", order, py_args(r).s, py_bool(co_cancelled(both)),
           py_bool(co_done(both)));
    }
    return 0;
}

Test(cancel_which_message, the_message_of_a_gather_comes_from_its_last_argument)
{
    expect(of_the_last_argument, "t=0.1 refuses\n"
                                 "t=0.1 quick\n"
                                 "t=0.1 0 ('m',) False True\n"
                                 "t=0.2 quick\n"
                                 "t=0.2 refuses\n"
                                 "t=0.2 1 () False True\n");
}
