/* Callbacks, waiters, generators and handles that are left when a run is over. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "engine/co.h"
#include "tests/support/expect.h"

/* ---- what is still queued when a run ends -------------------------------- */

static struct ev_callback bell;

static int set_bell(void *)
{
    bell = EV("never");
    return co_call_later(&bell.timer, 100);
}

static int stop_bell(void *)
{
    co_timer_cancel(&bell.timer);
    await(co_sleep(1));
    co_call_later(&bell.timer, 1);
    co_timer_cancel(&bell.timer);
    await(co_sleep(2));
    ev("silence");
    return 0;
}

static int bell_of_two_runs(void)
{
    await(co_run(set_bell, NULL));
    return attempt(co_run(stop_bell, NULL));
}

Test(run_leftovers, a_timer_can_be_cancelled_when_its_run_is_over)
{
    expect_program(bell_of_two_runs, "t=3 silence\n");
}

static void again(co_callback *self) { co_call_soon(self); }

static co_callback ticker;

static int start_ticker(void *)
{
    ticker = (co_callback){ .run = again };
    return co_call_soon(&ticker);
}

static int stop_ticker(void *)
{
    co_spawn(ev_task, "still runs");
    co_callback_cancel(&ticker);
    await(co_sleep(0));
    return 0;
}

static int ticker_of_two_runs(void)
{
    await(co_run(start_ticker, NULL));
    return attempt(co_run(stop_ticker, NULL));
}

Test(run_leftovers, a_callback_can_be_cancelled_when_its_run_is_over)
{
    expect_program(ticker_of_two_runs, "t=0 still runs\n");
}

/* ---- waiters when a loop is closed --------------------------------------- */

static co_lock lock;

struct stands_in_line {
};

static int stands_in_line(void *)
{
    with_lock(&lock)
        ev("never");
    return 0;
}

struct holds_it {
};

static int holds_it(void *)
{
    co_spawn(stands_in_line);
    return attempt(unguarded(co_lock_acquire(&lock)));
}

static int takes_it(void *)
{
    with_lock(&lock)
        ev("free again");
    return 0;
}

static int closed_with_a_waiter(void)
{
    co_lock_init(&lock);
    co_task *holder = co_spawn(holds_it);
    await(co_run_until_complete(holder));
    await(co_close());
    await(co_lock_release(&lock));
    return attempt(co_run(takes_it, NULL));
}

Test(run_leftovers, no_waiter_is_left_when_the_loop_is_closed)
{
    expect_program(closed_with_a_waiter,
                   "LOG ERROR Task was destroyed but it is pending!\n"
                   "t=0 free again\n");
}

/* ---- generators that move from task to task ------------------------------ */

struct limited {
};

static int limited(void *) { return attempt(co_within(0.5, co_yield(1))); }

struct ask {
    co_generator *generator;
};

static int ask(void *frame)
{
    const struct ask *self = frame;

    return attempt(co_next(self->generator));
}

struct innocent {
};

static int innocent(void *)
{
    int r = attempt(co_sleep(1));

    ev("innocent: %d", r);
    return r;
}

static int timeout_of_a_freed_task(void *)
{
    co_generator *generator = co_generate(limited);
    co_task *first = co_spawn(ask, generator);

    await(co_join(first));
    co_drop(first);
    await(co_join(co_spawn(innocent)));
    return attempt(co_generator_close(generator));
}

Test(run_leftovers, a_timeout_cancels_the_task_that_entered_it_and_not_a_later_one)
{
    expect(timeout_of_a_freed_task, "t=1 innocent: 0\n");
}

/* ---- generators that refuse to end --------------------------------------- */

static int refuses_twice(void)
{
    int r = attempt(co_yield(1));

    return r == CO_ECLOSE ? attempt(co_yield(2)) : r;
}

struct refuses {
};

static int refuses(void *) { return attempt(co_within(0.5, refuses_twice())); }

struct overwrites {
};

/* It would get the generator's stack if that were freed. */
static int overwrites(void *)
{
    volatile char room[30000];

    for (size_t i = 0; i < sizeof(room); i++)
        room[i] = 'A';
    return room[7] == 'A' ? attempt(co_sleep(0.1)) : 0;
}

static int limit_on_a_stack_that_is_left(void *)
{
    co_generator *generator = co_generate(refuses);

    await(co_next(generator));
    int r = attempt(co_generator_close(generator));
    ev("%s", py_repr(r).s);
    co_generator_drop(generator);
    await(co_join(co_spawn(overwrites)));
    r = attempt(co_sleep(1));
    ev("%s", py_exception(r));
    return 0;
}

/* CPython throws GeneratorExit in once more, in the middle of the code that drops the
 * last reference. Here the generator stays suspended, and its timeout expires.
 */
Test(run_leftovers, the_stack_of_a_generator_that_refuses_to_end_is_not_reused)
{
    expect(limit_on_a_stack_that_is_left,
           "t=0 RuntimeError('async generator ignored GeneratorExit')\n"
           "t=0.5 CancelledError\n");
}

/* ---- generators and the end of their run --------------------------------- */

struct one {
};

static int one(void *) { return attempt(co_yield(1)); }

static co_generator *kept;

static int make(void *)
{
    kept = co_generator_keep(co_generate(one));
    return 0;
}

static int use(void *)
{
    int r = attempt(co_next(kept));

    ev("%d", r);
    co_generator_drop(kept);
    return 0;
}

static int made_in_one_run_and_used_in_the_next(void)
{
    await(co_run(make, NULL));
    return attempt(co_run(use, NULL));
}

Test(run_leftovers, a_generator_that_was_never_used_belongs_to_no_run)
{
    expect_program(made_in_one_run_and_used_in_the_next, "t=0 1\n");
}

static void let_it_go(co_generator **generator)
{
    ev("first");
    co_generator_drop(*generator);
}

struct lets_go {
    co_generator *other;
};

static int lets_go(void *frame)
{
    const struct lets_go *self = frame;
    [[maybe_unused]] finally(let_it_go) co_generator *other = self->other;

    return attempt(co_yield(1));
}

struct second {
};

static int second(void *)
{
    finally_evi("second");
    return attempt(co_yield(1));
}

static int leave_both(void *)
{
    co_generator *other = co_generator_keep(co_generate(second));
    co_generator *first = co_generator_keep(co_generate(lets_go, other));

    await(co_next(first));
    await(co_next(other));
    return 0;
}

Test(run_leftovers, a_generator_closed_in_the_shutdown_may_drop_another)
{
    expect_eagerly(312, leave_both,
                   "t=0 first\n"
                   "i=3 second\n");
}

/* ---- handles dropped by another than their owner ------------------------- */

struct gives_up {
    co_task *task;
};

static int gives_up(void *frame)
{
    co_drop(((const struct gives_up *)frame)->task);
    return attempt(co_yield(1));
}

/* The memory of a freed task is reused for another one, which the first owner must not
 * own.
 */
static int given_up_in_a_generator(void *)
{
    co_task *task = co_spawn(ev_task, "given up");
    co_generator *generator = co_generate(gives_up, task);

    await(co_next(generator));
    await(co_sleep(0));
    task = co_spawn(ev_task, "in its place");
    await(co_join(task));
    co_drop(task);
    task = co_spawn(ev_task, "again");
    return attempt(co_join(task));
}

Test(run_leftovers, a_task_can_be_dropped_in_a_generator_of_its_owner)
{
    expect(given_up_in_a_generator, "t=0 given up\n"
                                    "t=0 in its place\n"
                                    "t=0 again\n");
}

struct drops_itself {
    co_coroutine **itself;
};

static int drops_itself(void *frame)
{
    co_coroutine_drop(*((const struct drops_itself *)frame)->itself);
    ev("still here");
    return 0;
}

static int given_up_by_itself(void *)
{
    co_coroutine *coroutine;

    coroutine = co_create(drops_itself, &coroutine);
    return attempt(
        co_join(co_spawn_coroutine((co_spawn_options){ .eager = true }, coroutine)));
}

Test(run_leftovers, a_coroutine_may_drop_itself_when_it_is_made_an_eager_task)
{
    expect_eagerly(312, given_up_by_itself, "t=0 still here\n");
}

/* ---- outside of a task --------------------------------------------------- */

static void waits(co_callback *)
{
    int r = attempt(co_sleep(1));

    ev("%d", r);
}

static int waits_in_a_callback(void *)
{
    static co_callback callback;

    callback = (co_callback){ .run = waits };
    co_call_soon(&callback);
    return attempt(co_sleep(2));
}

Test(run_leftovers, a_callback_that_waits_ends_the_program_with_a_message)
{
    expect_fatal(waits_in_a_callback, "co_sleep() needs a running task");
}
