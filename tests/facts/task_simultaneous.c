/* Corners: what two things do that happen at the same instant, circles, and the ends
 * of time. Each has gone wrong once. Iterations and times are CPython's.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "engine/co.h"
#include "tests/support/expect.h"

/* Write over what a frame that is gone may have left on a queue. */
static __attribute__((noinline)) int overwrite(void)
{
    volatile char room[1500];

    for (size_t i = 0; i < sizeof(room); i++)
        room[i] = 'A';
    return room[7];
}

/* ---- wait_for, when both sides come at once ------------------------------ */

struct patient {
    co_future *future;
    double seconds;
};

static int patient(void *frame)
{
    const struct patient *self = frame;
    int r = attempt(co_wait_for(self->future, self->seconds));

    overwrite();
    evi("wait_for: %d", r);
    return attempt(co_sleep(1));
}

static int deadline_and_result(void *)
{
    co_future future;
    struct future_callback set = SET(&future, 7);

    co_future_init(&future);
    co_task *task = co_spawn(patient, &future, 1);
    await(co_sleep(0));
    co_call_later(&set.timer, 1);
    return attempt(co_join(task));
}

Test(task_simultaneous, wait_for_is_over_when_deadline_and_result_come_at_once)
{
    expect(deadline_and_result, "i=4 wait_for: 7\n");
}

static int cancel_and_result(void *)
{
    co_future future;

    co_future_init(&future);
    co_task *task = co_spawn(patient, &future, 100);
    await(co_sleep(1));
    co_cancel(task);
    co_future_set(&future, 7);
    return attempt(co_join(task));
}

Test(task_simultaneous, wait_for_is_over_when_cancellation_and_result_come_at_once)
{
    expect(cancel_and_result, "i=5 wait_for: 7\n");
}

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

Test(task_simultaneous, a_circle_through_gather_is_a_deadlock)
{
    cr_assert(
        eq(int, co_run(circle, &(co_options){ .virtual_time = true }), CO_EDEADLK));
}

static int gathers_itself(void *) { return attempt(co_gather(co_self())); }

Test(task_simultaneous, a_task_that_gathers_itself_is_a_deadlock)
{
    co_options options = { .virtual_time = true };

    cr_assert(eq(int, co_run(gathers_itself, &options), CO_EDEADLK));
}

static int joins_itself(void *)
{
    evi("%d", attempt(co_join(co_self())) == CO_ERUNTIME);
    evi("%s", co_why());
    return 0;
}

Test(task_simultaneous, a_task_that_awaits_itself_is_refused_an_iteration_later)
{
    expect(joins_itself,
           "i=2 1\ni=2 Task cannot await on itself: "
           "<Task pending name='Task-1' coro=<main() running> cb=[callback()]>\n");
}

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

Test(task_simultaneous, a_request_passes_through_a_chain_of_any_length)
{
    cr_assert(eq(int, co_run(long_chain, &(co_options){ .virtual_time = true }), 1));
}

/* ---- callbacks taken back ------------------------------------------------ */

static int taken_back_alone(void *)
{
    struct ev_callback never = EVI("never");

    co_call_soon(&never.timer.callback);
    co_callback_cancel(&never.timer.callback);
    await(co_sleep(1));
    evi("alone");
    return 0;
}

Test(task_simultaneous, a_cancelled_callback_takes_an_iteration)
{
    expect(taken_back_alone, "i=4 alone\n");
}

static int taken_back_among_others(void *)
{
    struct ev_callback never = EVI("never"), other = EVI("other");

    co_call_soon(&never.timer.callback);
    co_call_soon(&other.timer.callback);
    co_callback_cancel(&never.timer.callback);
    await(co_sleep(1));
    evi("among others");
    return 0;
}

Test(task_simultaneous, a_cancelled_callback_takes_no_iteration_beside_another)
{
    expect(taken_back_among_others, "i=2 other\ni=4 among others\n");
}

/* ---- what may not be done ------------------------------------------------ */

static int completes_a_task(void *)
{
    co_task *task = co_spawn(chained, NULL);
    co_future future;

    co_future_init(&future);
    cr_expect(eq(int, co_future_set(task, 1), CO_ERUNTIME));
    cr_expect(eq(int, co_future_fail(task, UV_EIO, "no"), CO_ERUNTIME));
    cr_expect(eq(int, co_future_set(&future, -1), CO_EVALUE));
    cr_expect(eq(int, co_future_fail(&future, 1, "no"), CO_EVALUE));
    cr_expect(not(co_done(task) || co_done(&future)));
    return 0;
}

Test(task_simultaneous, a_task_is_completed_by_its_coroutine_only)
{
    co_options options = { .virtual_time = true };

    cr_assert(zero(int, co_run(completes_a_task, &options)));
}

/* ---- the ends of time ---------------------------------------------------- */

static int waits_until_the_end(void *)
{
    for (int i = 0; i < 4; i++) {
        double before = co_now();
        int slept = attempt(co_sleep(3e9));
        cr_expect(eq(int, slept, i < 3 ? 0 : CO_EVALUE));
        cr_expect(eq(int, co_busy(INFINITY), CO_EVALUE));
        cr_expect(ge(dbl, co_now(), before));
    }
    await(co_sleep(NAN));
    await(co_sleep(-INFINITY));
    return 0;
}

Test(task_simultaneous, the_latest_deadline_does_not_wrap_around)
{
    cr_assert(
        zero(int, co_run(waits_until_the_end, &(co_options){ .virtual_time = true })));
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

Test(task_simultaneous, a_task_that_refuses_to_end_after_main_is_a_deadlock)
{
    co_options options = { .virtual_time = true };
    co_future never;

    cr_assert(eq(int, co_run_with(leaves_a_refuser, &never, &options), CO_EDEADLK));
}

static int interrupts_itself(void *)
{
    co_interrupt();
    return attempt(co_sleep(1));
}

static int cancels_itself(void *)
{
    co_cancel(co_self());
    return attempt(co_sleep(1));
}

static int three_runs(void)
{
    cr_expect(eq(int, co_run(interrupts_itself, NULL), UV_EINTR));
    cr_expect(eq(int, co_run(cancels_itself, NULL), UV_ECANCELED));
    cr_expect(eq(int, co_run(interrupts_itself, NULL), UV_EINTR));
    return 0;
}

Test(task_simultaneous, interrupts_are_counted_by_the_run)
{
    cr_assert(zero(int, co_program(three_runs, &(co_options){ .virtual_time = true })));
}

static int fails(void *) { return co_raise(UV_ENOENT, "no such page"); }

static int asks_why(void)
{
    cr_expect(eq(int, co_run(fails, NULL), UV_ENOENT));
    cr_expect(eq(str, (char *)co_why(), "no such page"));
    return 0;
}

Test(task_simultaneous, the_reason_of_a_run_is_available_after_it)
{
    cr_assert(zero(int, co_program(asks_why, &(co_options){ .virtual_time = true })));
    cr_assert(eq(int, co_run(fails, &(co_options){ .virtual_time = true }), UV_ENOENT));
    cr_assert(eq(str, (char *)co_why(), "no such page"));
}

/* ---- a lock whose holder is gone ----------------------------------------- */

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

static int waits_for_the_gone(void *frame)
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

Test(task_simultaneous, a_lock_whose_holder_has_ended_names_no_other_task)
{
    struct deadlock_text seen = { .observer.event = keep_deadlock };
    co_options options = { .virtual_time = true, .observer = &seen.observer };
    co_lock lock;

    cr_assert(eq(int, co_run_with(waits_for_the_gone, &lock, &options), CO_EDEADLK));
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

Test(task_simultaneous, a_deadlock_names_awaited_tasks_and_no_other_futures)
{
    struct deadlock_text seen = { .observer.event = keep_deadlock };
    co_options options = { .virtual_time = true, .observer = &seen.observer };

    cr_assert(eq(int, co_run(gathers_what_is_no_task, &options), CO_EDEADLK));
    cr_assert(eq(str, seen.text,
                 "main -> gather (Task-4, b) ; a -> future ; b -> future ; "
                 "Task-4 -> future"));
}
