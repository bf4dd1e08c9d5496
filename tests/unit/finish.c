/* Primitives that end while a task still waits for them. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

static const char cure[] = "what tasks share has to outlive them, so put it into the "
                           "frame of main (co_run_with)";

/* ---- a task is left over at the end of main ------------------------------ */

struct takes {
    co_queue *queue;
};

static int takes(void *frame)
{
    void *item;

    return co_queue_get(((struct takes *)frame)->queue, &item);
}

static int ends_before_a_getter(void *)
{
    finally(co_queue_finish) co_queue queue;

    co_queue_init(&queue, 0);
    queue.name = "items";
    co_spawn(takes, &queue);
    return await(co_sleep(0));
}

Test(finish, a_queue_that_a_task_waits_for)
{
    expect_fatal(ends_before_a_getter,
                 "queue 'items' ends while Task-2 (takes) still waits for it");
    expect_fatal(ends_before_a_getter, cure);
}

static int ends_before_a_getter_has_run(void *)
{
    finally(co_queue_finish) co_queue queue;

    co_queue_init(&queue, 0);
    co_spawn(takes, &queue);
    await(co_sleep(0));
    return co_queue_put_nowait(&queue, NULL);
}

Test(finish, a_queue_whose_getter_is_awake_but_has_not_run)
{
    expect_fatal(ends_before_a_getter_has_run,
                 "queue ends while Task-2 (takes) still waits for it");
}

struct joins {
    co_queue *queue;
};

static int joins(void *frame) { return co_queue_join(((struct joins *)frame)->queue); }

static int ends_before_a_join(void *)
{
    finally(co_queue_finish) co_queue queue;

    co_queue_init(&queue, 0);
    await(co_queue_put(&queue, NULL));
    co_spawn(joins, &queue);
    return await(co_sleep(0));
}

Test(finish, a_queue_that_a_task_joins)
{
    expect_fatal(ends_before_a_join, "queue ends while Task-2 (joins) still waits for");
}

struct locks {
    co_lock *lock;
};

static int locks(void *frame)
{
    with_lock(((struct locks *)frame)->lock)
        await(co_sleep(5));
    return 0;
}

static int ends_before_a_locker(void *)
{
    finally(co_lock_finish) co_lock lock;

    co_lock_init(&lock);
    lock.name = "door";
    with_lock(&lock) {
        co_spawn(locks, &lock);
        await(co_sleep(0));
    }
    return 0;
}

Test(finish, a_lock_that_a_task_waits_for)
{
    expect_fatal(ends_before_a_locker,
                 "lock 'door' ends while Task-2 (locks) still waits for it");
}

static int ends_before_the_holder(void *)
{
    finally(co_lock_finish) co_lock lock;

    co_lock_init(&lock);
    co_spawn(locks, &lock);
    return await(co_sleep(0));
}

Test(finish, a_lock_that_a_task_holds)
{
    expect_fatal(ends_before_the_holder,
                 "lock ends while Task-2 (locks) still holds it");
}

struct awaits_event {
    co_event *event;
};

static int awaits_event(void *frame)
{
    return co_event_wait(((struct awaits_event *)frame)->event);
}

static int ends_before_an_event(void *)
{
    finally(co_event_finish) co_event event;

    co_event_init(&event);
    event.name = "go";
    co_spawn(awaits_event, &event);
    await(co_sleep(0));
    co_event_set(&event);
    return 0;
}

Test(finish, an_event_that_a_task_waits_for)
{
    expect_fatal(ends_before_an_event,
                 "event 'go' ends while Task-2 (awaits_event) still waits for it");
}

struct uses {
    co_semaphore *semaphore;
};

static int uses(void *frame)
{
    return co_semaphore_acquire(((struct uses *)frame)->semaphore);
}

static int ends_before_a_slot(void *)
{
    finally(co_semaphore_finish) co_semaphore semaphore;

    co_semaphore_init(&semaphore, 0);
    co_spawn(uses, &semaphore);
    return await(co_sleep(0));
}

Test(finish, a_semaphore_that_a_task_waits_for)
{
    expect_fatal(ends_before_a_slot,
                 "semaphore ends while Task-2 (uses) still waits for it");
}

struct awaits_condition {
    co_condition *condition;
};

static int awaits_condition(void *frame)
{
    co_condition *condition = ((struct awaits_condition *)frame)->condition;

    with_condition(condition)
        await(co_condition_wait(condition));
    return 0;
}

static int ends_before_a_notification(void *)
{
    finally(co_condition_finish) co_condition condition;

    co_condition_init(&condition, NULL);
    condition.name = "ready";
    co_spawn(awaits_condition, &condition);
    return await(co_sleep(0));
}

Test(finish, a_condition_that_a_task_waits_for)
{
    expect_fatal(
        ends_before_a_notification,
        "condition 'ready' ends while Task-2 (awaits_condition) still waits for it");
}

/* Notified, it waits for the lock. */
static int ends_after_a_notification(void *)
{
    finally(co_condition_finish) co_condition condition;

    co_condition_init(&condition, NULL);
    co_spawn(awaits_condition, &condition);
    await(co_sleep(0));
    with_condition(&condition) {
        co_condition_notify_all(&condition);
        await(co_sleep(0));
    }
    return 0;
}

Test(finish, a_condition_whose_lock_a_task_waits_for)
{
    expect_fatal(ends_after_a_notification,
                 "condition ends while Task-2 (awaits_condition) still waits for it");
}

struct passes {
    co_barrier *barrier;
};

static int passes(void *frame)
{
    return co_barrier_wait(((struct passes *)frame)->barrier);
}

static int ends_before_a_party(void *)
{
    finally(co_barrier_finish) co_barrier barrier;

    co_barrier_init(&barrier, 2);
    co_spawn(passes, &barrier);
    return await(co_sleep(0));
}

Test(finish, a_barrier_that_a_task_waits_for)
{
    expect_fatal(ends_before_a_party,
                 "barrier ends while Task-2 (passes) still waits for it");
}

/* ---- none is left over --------------------------------------------------- */

static int ends_after_all(void *)
{
    finally(co_queue_finish) co_queue queue;
    finally(co_lock_finish) co_lock lock;
    finally(co_condition_finish) co_condition condition, shared;
    finally(co_semaphore_finish) co_semaphore semaphore;
    finally(co_event_finish) co_event event;
    finally(co_barrier_finish) co_barrier barrier;

    co_queue_init(&queue, 0);
    co_lock_init(&lock);
    co_condition_init(&condition, NULL);
    co_condition_init(&shared, &lock);
    co_semaphore_init(&semaphore, 1);
    co_event_init(&event);
    co_barrier_init(&barrier, 1);
    co_task *locker = co_spawn(locks, &lock), *other = co_spawn(locks, &lock);
    co_task *taker = co_spawn(takes, &queue);
    await(co_lock_acquire(&lock));
    await(co_semaphore_acquire(&semaphore));
    await(co_queue_put(&queue, NULL));
    await(co_barrier_wait(&barrier));
    co_lock_release(&lock);
    await(co_gather(locker, other, taker));
    await(co_lock_acquire(&lock)); /* its own lock does no harm */
    line("%d", co_result(taker));
    return 0;
}

Test(finish, what_no_task_waits_for_ends) { expect(ends_after_all, "0\n"); }

/* ---- in debug mode, without finish() ------------------------------------- */

static const co_options debug = { .debug = true };

static int forgets_an_event(void *)
{
    co_event event;

    co_event_init(&event);
    event.name = "go";
    co_spawn(awaits_event, &event);
    return await(co_sleep(0));
}

Test(finish, in_debug_mode_an_event_in_the_frame_of_main)
{
    expect_fatal_with(debug, forgets_an_event,
                      "event 'go' ends while Task-2 (awaits_event) still waits for it");
    expect_fatal_with(debug, forgets_an_event, cure);
}

/* For leak checkers: the items of a queue without a finish. */
extern void **never_freed;
void **never_freed;

static int forgets_a_queue(void *)
{
    co_queue queue;

    co_queue_init(&queue, 0);
    co_spawn(takes, &queue);
    await(co_sleep(0));
    int r = co_queue_put_nowait(&queue, NULL);
    never_freed = queue.items;
    return r;
}

Test(finish, in_debug_mode_a_queue_whose_getter_is_awake)
{
    expect_fatal_with(debug, forgets_a_queue,
                      "queue ends while Task-2 (takes) still waits for it");
}

struct forgets {
};

static int forgets(void *)
{
    co_barrier barrier;

    await(co_barrier_init(&barrier, 2));
    co_keep(co_spawn(passes, &barrier));
    return await(co_sleep(0));
}

static int spawns_forgetful(void *) { return await(co_join(co_spawn(forgets))); }

Test(finish, in_debug_mode_a_barrier_in_the_frame_of_any_task)
{
    expect_fatal_with(debug, spawns_forgetful,
                      "barrier ends while Task-3 (passes) still waits for it");
}

/* What is not in the frame of the task that ends is left alone. */
static int leaves_a_task_over(void *frame)
{
    co_event *event = frame;

    co_event_init(event);
    co_spawn(awaits_event, event);
    return await(co_sleep(0));
}

Test(finish, in_debug_mode_an_event_that_outlives_main)
{
    co_event event;

    cr_assert(eq(int, 0,
                 co_run_with(leaves_a_task_over, &event,
                             &(co_options){ .virtual_time = true, .debug = true })));
}
