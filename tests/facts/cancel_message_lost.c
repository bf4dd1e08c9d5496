/* The message of a cancellation where it could get lost: the task never started,
 * several requests came, or a gather or shield is between.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <string.h>

#include "engine/co.h"
#include "tests/support/expect.h"

static void say_outcome(const char *what, int r)
{
    if (r < 0)
        line("%s: %s", what, py_repr(r).s);
    else
        line("%s: %d", what, r);
}

struct joiner {
    co_future *future;
};

static int joiner(void *frame)
{
    const struct joiner *self = frame;

    return co_join(self->future);
}

static int outcome(co_future *future) { return attempt(co_join(future)); }

/* ---- a task and its messages --------------------------------------------- */

static int before_the_first_step(void *)
{
    co_task *task = co_spawn(sleeper, 1);

    co_cancel_with(task, "early");
    say_outcome("first", outcome(task));
    say_outcome("second", outcome(task));
    return 0;
}

Test(cancel_message_lost, a_task_that_never_started_passes_its_message_on)
{
    expect(before_the_first_step, "first: CancelledError('early')\n"
                                  "second: CancelledError()\n");
}

static int twice(void *)
{
    co_task *task = co_spawn(sleeper, 1);

    await(co_sleep(0));
    co_cancel_with(task, "one");
    co_cancel_with(task, "two");
    say_outcome("task", outcome(task));
    return 0;
}

Test(cancel_message_lost,
     of_two_requests_the_one_that_reached_the_wait_sets_the_message)
{
    expect(twice, "task: CancelledError('one')\n");
}

static int twice_before_it_waits(void *)
{
    co_task *task = co_spawn(sleeper, 1);

    co_cancel_with(task, "one");
    co_cancel_with(task, "two");
    say_outcome("task", outcome(task));
    return 0;
}

Test(cancel_message_lost, of_two_requests_before_a_wait_the_last_sets_the_message)
{
    expect(twice_before_it_waits, "task: CancelledError('two')\n");
}

/* ---- gather, shield ------------------------------------------------------ */

static int gather_takes_it(void *)
{
    co_task *task = co_spawn(sleeper, 1);
    co_future *both = co_gather_future(task, co_spawn(sleeper, 1));

    await(co_sleep(0));
    co_cancel_with(task, "why");
    say_outcome("gather", outcome(both));
    say_outcome("task", outcome(task));
    return 0;
}

Test(cancel_message_lost, gather_takes_the_error_a_child_ended_with)
{
    expect(gather_takes_it, "gather: CancelledError('why')\n"
                            "task: CancelledError()\n");
}

static int gather_leaves_it(void *)
{
    co_task *task = co_spawn(sleeper, 1);
    co_future *settled = co_settle_futurev(&task, 1);

    await(co_sleep(0));
    co_cancel_with(task, "why");
    await(co_join(settled));
    say_outcome("first", outcome(task));
    say_outcome("second", outcome(task));
    return 0;
}

Test(cancel_message_lost, a_settled_gather_leaves_the_message_to_the_childs_awaiter)
{
    expect(gather_leaves_it, "first: CancelledError('why')\n"
                             "second: CancelledError()\n");
}

static int settles_cancelled(void *)
{
    co_task *task = co_spawn(sleeper, 1);
    co_future *settled = co_settle_futurev(&task, 1);

    await(co_sleep(0));
    co_cancel_with(settled, "enough");
    say_outcome("gather", outcome(settled));
    return 0;
}

Test(cancel_message_lost, a_settled_gather_that_is_cancelled_has_the_message)
{
    expect(settles_cancelled, "gather: CancelledError('enough')\n");
}

struct refuser {
    int result;
};

static int refuser(void *frame)
{
    const struct refuser *self = frame;

    co_cancel_with(co_self(), "to itself");
    if (attempt(co_sleep(1)) == UV_ECANCELED && attempt(co_sleep(1)) == UV_ECANCELED)
        return self->result;
    return 0;
}

static int last_refuses(void *)
{
    co_task *refusing = co_spawn(refuser, 7);
    co_future *settled = co_settle_futurev(&refusing, 1);

    await(co_sleep(0));
    await(co_sleep(0));
    co_cancel_with(settled, "from outside");
    say_outcome("gather", outcome(settled));
    return 0;
}

Test(cancel_message_lost,
     a_settled_gather_has_the_message_of_its_last_child_even_if_that_refused)
{
    expect(last_refuses, "gather: CancelledError('to itself')\n");
}

static int shields_what_is_done(void *)
{
    co_task *task = co_spawn(sleeper, 1);

    co_cancel_with(task, "why");
    await(co_sleep(0));
    await(co_sleep(0));
    say_outcome("first", outcome(co_shield(task)));
    say_outcome("second", outcome(co_shield(task)));
    say_outcome("task", outcome(task));
    return 0;
}

Test(cancel_message_lost, a_shield_of_a_future_that_is_done_passes_the_message_on_once)
{
    expect(shields_what_is_done, "first: CancelledError('why')\n"
                                 "second: CancelledError()\n"
                                 "task: CancelledError()\n");
}

/* ---- the future first, then the task ------------------------------------- */

static int both_at_once(void *)
{
    co_future future;

    co_future_init(&future);
    co_task *task = co_spawn(joiner, &future);
    await(co_sleep(0));
    co_cancel_with(&future, "future");
    co_cancel_with(task, "task");
    say_outcome("task", outcome(task));
    return 0;
}

Test(cancel_message_lost, a_future_cancelled_before_its_awaiter_sets_the_message)
{
    expect(both_at_once, "task: CancelledError('future')\n");
}

/* ---- after main ---------------------------------------------------------- */

static int cannot_end(void *)
{
    int r = attempt(co_sleep(1));

    return r < 0 ? co_raise(CO_EVALUE, "while ending") : r;
}
struct cannot_end {
};

static int leaves_one_that_fails(void *)
{
    co_spawn(cannot_end);
    return attempt(co_sleep(0));
}

Test(cancel_message_lost, a_task_that_fails_after_main_reaches_the_exception_handler)
{
    expect(leaves_one_that_fails,
           "LOG ERROR unhandled exception during asyncio.run() shutdown | "
           "ValueError('while ending')\n");
}

static int refuses_for_ever(void *)
{
    int r = attempt(co_sleep(1));
    co_future never;

    co_future_init(&never);
    return r < 0 ? attempt(co_join(&never)) : r;
}
struct refuses_for_ever {
};

static int leaves_two(void *)
{
    co_spawn(cannot_end);
    co_spawn(refuses_for_ever);
    return attempt(co_sleep(0));
}

struct counter {
    co_observer observer;
    int notes;
};

static void count_notes(co_observer *observer, const co_trace_event *record)
{
    struct counter *counter = co_container_of(observer, struct counter, observer);

    counter->notes += record->kind == CO_NOTE && strcmp(record->what, "shutdown") == 0;
}

Test(cancel_message_lost,
     a_task_that_fails_after_main_is_not_reported_if_another_never_ends)
{
    struct counter counter = { { count_notes }, 0 };

    co_options options = { .virtual_time = true, .observer = &counter.observer };

    cr_assert(eq(int, co_run(leaves_two, &options), CO_EDEADLK));
    cr_assert(zero(int, counter.notes));
}
