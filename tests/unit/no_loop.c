/* What needs no loop works outside of a run: nothing waits there. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <pthread.h>

#include "tests/support/expect.h"

Test(no_loop, a_queue_is_filled_and_emptied)
{
    finally(co_queue_finish) co_queue queue;
    int items[2];
    void *item = NULL;

    co_queue_init(&queue, 2);
    cr_assert(eq(int, co_queue_get_nowait(&queue, &item), CO_EEMPTY));
    cr_assert(eq(int, co_queue_put_nowait(&queue, &items[0]), 0));
    cr_assert(eq(int, co_queue_put_nowait(&queue, &items[1]), 0));
    cr_assert(eq(int, co_queue_put_nowait(&queue, NULL), CO_EFULL));
    cr_assert(eq(int, co_queue_get_nowait(&queue, &item), 0));
    cr_assert(eq(ptr, item, &items[0]));
    cr_assert(eq(int, co_queue_task_done(&queue), 0));
    cr_assert(eq(int, co_queue_task_done(&queue), 0));
    cr_assert(eq(int, co_queue_task_done(&queue), CO_EVALUE));
    co_queue_shutdown(&queue, true);
    cr_assert(eq(int, co_queue_put_nowait(&queue, NULL), CO_ESHUTDOWN));
    cr_assert(eq(int, co_queue_get_nowait(&queue, &item), CO_ESHUTDOWN));
}

static int by_address(const void *one, const void *other)
{
    return one < other ? -1 : one > other;
}

Test(no_loop, a_queue_of_another_order_as_well)
{
    finally(co_queue_finish) co_queue lifo;
    finally(co_queue_finish) co_queue priority;
    int items[2];
    void *item = NULL;

    co_queue_init_lifo(&lifo, 0);
    co_queue_init_priority(&priority, 0, by_address);
    for (int i = 1; i >= 0; i--) {
        cr_assert(eq(int, co_queue_put_nowait(&lifo, &items[i]), 0));
        cr_assert(eq(int, co_queue_put_nowait(&priority, &items[i]), 0));
    }
    cr_assert(eq(int, co_queue_get_nowait(&lifo, &item), 0));
    cr_assert(eq(ptr, item, &items[0]));
    cr_assert(eq(int, co_queue_get_nowait(&priority, &item), 0));
    cr_assert(eq(ptr, item, &items[0]));
}

Test(no_loop, an_event_is_set_and_cleared)
{
    co_event event;

    co_event_init(&event);
    co_event_set(&event);
    cr_assert(co_event_is_set(&event));
    co_event_clear(&event);
    cr_assert(not(co_event_is_set(&event)));
}

Test(no_loop, a_semaphore_is_released)
{
    co_semaphore semaphore, bounded;

    cr_assert(eq(int, co_semaphore_init(&semaphore, 0), 0));
    cr_assert(eq(int, co_semaphore_release(&semaphore), 0));
    cr_assert(not(co_semaphore_locked(&semaphore)));
    cr_assert(eq(int, co_semaphore_init_bounded(&bounded, 1), 0));
    cr_assert(eq(int, co_semaphore_release(&bounded), CO_EVALUE));
    cr_assert(eq(int, co_semaphore_init(&semaphore, -1), CO_EVALUE));
}

static co_lock lock;
static co_condition condition;

static int leaves_locked(void *)
{
    co_lock_init(&lock);
    co_condition_init(&condition, &lock);
    await(co_lock_acquire(&lock));
    return 0;
}

Test(no_loop, a_lock_that_a_run_left_locked_is_released)
{
    cr_assert(eq(int, co_run(leaves_locked, NULL), 0));
    cr_assert(eq(int, co_condition_notify_all(&condition), 0));
    cr_assert(eq(int, co_lock_release(&lock), 0));
    cr_assert(eq(int, co_lock_release(&lock), CO_ERUNTIME));
    cr_assert(eq(int, co_condition_notify(&condition, 1), CO_ERUNTIME));
    cr_assert(eq(int, co_condition_release(&condition), CO_ERUNTIME));
}

Test(no_loop, a_barrier_has_parties)
{
    co_barrier barrier;

    cr_assert(eq(int, co_barrier_init(&barrier, 0), CO_EVALUE));
    cr_assert(eq(int, co_barrier_init(&barrier, 2), 0));
}

/* ---- what was put before is there in a run ------------------------------- */

static co_queue filled;

static int takes(void *)
{
    void *item;

    await(co_queue_get(&filled, &item));
    co_queue_task_done(&filled);
    line("%s %zu", (char *)item, co_queue_size(&filled));
    return await(co_queue_join(&filled));
}

static int fills_before(void)
{
    co_queue_init(&filled, 0);
    co_queue_put_nowait(&filled, "first");
    int r = co_run(takes, NULL);
    co_queue_finish(&filled);
    return r;
}

Test(no_loop, what_was_put_before_a_run_is_taken_in_it)
{
    expect_program(fills_before, "first 0\n");
    cr_assert(eq(int, fills_before(), 0));
}

/* ---- but not from another thread ----------------------------------------- */

static co_event awaited;

struct waits {
};

static int waits(void *) { return co_event_wait(&awaited); }

static void *sets(void *)
{
    co_event_set(&awaited);
    return NULL;
}

static int sets_in_a_thread(void *)
{
    pthread_t thread;

    co_event_init(&awaited);
    co_spawn(waits);
    await(co_sleep(0));
    pthread_create(&thread, NULL, sets, NULL);
    pthread_join(thread, NULL);
    return 0;
}

Test(no_loop, a_waiter_is_not_woken_from_another_thread)
{
    expect_fatal(sets_in_a_thread, "co_event_set() needs a running event loop");
}
