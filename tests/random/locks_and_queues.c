/* Statements about locks, semaphores, events and queues.
 */
#include <stdint.h>

#include "tests/random/scope.h"

#define LOCK (&scope->world->locks[ARG(0)])
#define SEMAPHORE (&scope->world->semaphores[ARG(0)])
#define EVENT (&scope->world->events[ARG(0)])
#define QUEUE (&scope->world->queues[ARG(0)])

/* Not by with_lock(), which cannot report that another task has released the lock. The
 * same holds for the blocks below.
 */
STATEMENT(lock)
{
    await(co_lock_acquire(LOCK));
    SAY("locked");
    int r = run_block(scope, node->blocks[0]);
    await(co_lock_release(LOCK));
    return r;
}

STATEMENT(acquire)
{
    await(co_lock_acquire(LOCK));
    SAY("acquired");
    return 0;
}

STATEMENT(release)
{
    await(co_lock_release(LOCK));
    return 0;
}

STATEMENT(semaphore)
{
    await(co_semaphore_acquire(SEMAPHORE));
    SAY("entered");
    int r = run_block(scope, node->blocks[0]);
    await(co_semaphore_release(SEMAPHORE));
    return r;
}

STATEMENT(semaphore_acquire)
{
    await(co_semaphore_acquire(SEMAPHORE));
    SAY("entered");
    return 0;
}

STATEMENT(semaphore_release)
{
    await(co_semaphore_release(SEMAPHORE));
    return 0;
}

STATEMENT(locked)
{
    SAY("locked %s %s", py_bool(co_lock_locked(LOCK)),
        py_bool(co_semaphore_locked(SEMAPHORE)));
    return 0;
}

STATEMENT(event_set)
{
    co_event_set(EVENT);
    return 0;
}

STATEMENT(event_clear)
{
    co_event_clear(EVENT);
    return 0;
}

STATEMENT(event_wait)
{
    await(co_event_wait(EVENT));
    SAY("event %s", py_bool(co_event_is_set(EVENT)));
    return 0;
}

static void *item_of(int number) { return (void *)(intptr_t)number; }
static int number_of(void *item) { return (int)(intptr_t)item; }

STATEMENT(put)
{
    await(co_queue_put(QUEUE, item_of(ARG(1))));
    SAY("put %d", ARG(1));
    return 0;
}

STATEMENT(get)
{
    void *item;

    await(co_queue_get(QUEUE, &item));
    SAY("get %d", number_of(item));
    return 0;
}

STATEMENT(put_nowait)
{
    await(co_queue_put_nowait(QUEUE, item_of(ARG(1))));
    return 0;
}

STATEMENT(get_nowait)
{
    void *item;

    await(co_queue_get_nowait(QUEUE, &item));
    SAY("get %d", number_of(item));
    return 0;
}

STATEMENT(task_done)
{
    await(co_queue_task_done(QUEUE));
    return 0;
}

STATEMENT(queue_join)
{
    await(co_queue_join(QUEUE));
    SAY("queue joined");
    return 0;
}

STATEMENT(size)
{
    SAY("size %zu %s %s", co_queue_size(QUEUE), py_bool(co_queue_empty(QUEUE)),
        py_bool(co_queue_full(QUEUE)));
    return 0;
}

/* ---- the list ----------------------------------------------------------- */

const struct word statements_of_locks_and_queues[] = {
    OWN(lock),
    OWN(acquire),
    OWN(release),
    OWN(semaphore),
    { "enter", semaphore_acquire },
    { "exit", semaphore_release },
    OWN(locked),
    OWN(event_set),
    OWN(event_clear),
    OWN(event_wait),
    OWN(put),
    OWN(get),
    OWN(put_nowait),
    OWN(get_nowait),
    OWN(task_done),
    OWN(queue_join),
    OWN(size),
    {},
};
