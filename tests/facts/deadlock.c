/* Runs that can never end: tasks that wait for each other or refuse to end, and which
 * tasks the report names.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "engine/co.h"
#include "tests/support/expect.h"

/* ---- circles ------------------------------------------------------------- */

struct gatherer {
    co_task **other;
};

static int gatherer(void *frame)
{
    return attempt(co_gather(*((struct gatherer *)frame)->other));
}

static int circle(void *)
{
    co_task *a, *b;

    a = co_spawn(gatherer, &b);
    b = co_spawn(gatherer, &a);
    return attempt(co_join(a));
}

Test(deadlock, a_circle_through_gather_is_a_deadlock)
{
    cr_assert(
        eq(int, co_run(circle, &(co_options){ .virtual_time = true }), CO_EDEADLK));
}

static int gathers_itself(void *) { return attempt(co_gather(co_self())); }

Test(deadlock, a_task_that_gathers_itself_is_a_deadlock)
{
    co_options options = { .virtual_time = true };

    cr_assert(eq(int, co_run(gathers_itself, &options), CO_EDEADLK));
}

/* ---- ends of runs -------------------------------------------------------- */

struct refuser {
    co_future *never;
};

static int refuser(void *frame)
{
    const struct refuser *self = frame;

    while (attempt(co_join(self->never)) == UV_ECANCELED)
        co_future_init(self->never);
    return 0;
}

static int leaves_a_refuser(void *frame)
{
    co_future_init(frame);
    co_spawn(refuser, frame);
    return attempt(co_sleep(1));
}

Test(deadlock, a_task_that_refuses_to_end_after_main_is_a_deadlock)
{
    co_options options = { .virtual_time = true };
    co_future never;

    cr_assert(eq(int, co_run_with(leaves_a_refuser, &never, &options), CO_EDEADLK));
}

/* ---- the tasks a report names -------------------------------------------- */

struct taker {
    co_lock *lock;
};

static int taker(void *frame)
{
    return attempt(co_lock_acquire(((struct taker *)frame)->lock));
}

struct maker {
    co_lock *lock;
};

static int maker(void *frame)
{
    co_spawn_with((co_spawn_options){ "taker" }, taker, ((struct maker *)frame)->lock);
    return 0;
}

static int waits_for_a_done_holder(void *frame)
{
    co_lock_init(frame);
    co_spawn(maker, frame);
    await(co_sleep(1));
    return attempt(co_lock_acquire(frame));
}

struct deadlock_text {
    co_observer observer;
    char text[256];
};

static void keep_deadlock(co_observer *observer, const co_trace_event *record)
{
    struct deadlock_text *self = (struct deadlock_text *)observer;

    if (record->kind == CO_DEADLOCK)
        strncpy(self->text, record->text, sizeof(self->text) - 1);
}

Test(deadlock, a_lock_whose_holder_has_ended_names_no_other_task)
{
    struct deadlock_text seen = { .observer.event = keep_deadlock };
    co_options options = { .virtual_time = true, .observer = &seen.observer };
    co_lock lock;

    cr_assert(
        eq(int, co_run_with(waits_for_a_done_holder, &lock, &options), CO_EDEADLK));
    cr_assert(eq(str, seen.text, "main -> lock"));
}

struct never {
};

static int never(void *)
{
    co_future future;

    co_future_init(&future);
    return attempt(co_join(&future));
}

static int gathers_what_is_no_task(void *)
{
    co_spawn_with((co_spawn_options){ .name = "a" }, never);
    co_task *b = co_spawn_with((co_spawn_options){ .name = "b" }, never);

    return attempt(co_gather(co_spawn(never), b, co_gather_future(b)));
}

Test(deadlock, a_deadlock_names_awaited_tasks_and_no_other_futures)
{
    struct deadlock_text seen = { .observer.event = keep_deadlock };
    co_options options = { .virtual_time = true, .observer = &seen.observer };

    cr_assert(eq(int, co_run(gathers_what_is_no_task, &options), CO_EDEADLK));
    cr_assert(eq(str, seen.text,
                 "main -> gather (Task-4, b) ; a -> future ; b -> future ; "
                 "Task-4 -> future"));
}
