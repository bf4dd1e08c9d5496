/* semaphore.h — asyncio.Semaphore: a limited number of tasks at a time.
 *
 *     finally(co_semaphore_finish) co_semaphore connections;
 *     await(co_semaphore_init(&connections, 3));
 *     with_semaphore(&connections)
 *         await(co_sleep(0.1)); // never in more than three tasks at once
 *
 * It limits how many tasks are in the block at the same time, not how many enter it per
 * second. No function here may be called from another thread.
 */
#ifndef CO_SEMAPHORE_H
#define CO_SEMAPHORE_H

#include "engine/await.h"
#include "engine/future.h"

/* Keep it where it outlives every task that uses it, as a lock: see lock.h. */
typedef struct co_semaphore {
    const char *name; /* for traces; NULL: none */
    /* private */
    unsigned value;         /* free slots */
    unsigned max_value;     /* the most there may be */
    struct co_list waiters; /* struct co_waiter, longest wait first */
    uint64_t bound;         /* the serial of its loop; 0: none yet */
} co_semaphore;

/* Semaphore(value): make it with `value` free slots. CO_EVALUE: it is negative, and
 * counts as 0. Nothing is allocated.
 */
int co_semaphore_init(co_semaphore *semaphore, int value);

/* BoundedSemaphore(value): the same, but there are never more than `value` free slots.
 */
int co_semaphore_init_bounded(co_semaphore *semaphore, int value);

/* For `finally`, optional: end the program, with a sentence that names both, if a task
 * waits for it.
 */
void co_semaphore_finish(co_semaphore *semaphore);

/* Take a slot, and return 0; suspend while there is none. Does not suspend if a slot is
 * free and no task waits. Tasks take slots in the order in which they called.
 * UV_ECANCELED: interrupted, and no slot is taken. CO_ERUNTIME: it belongs to another
 * loop, as a lock may.
 */
co_checked int co_semaphore_acquire(co_semaphore *semaphore);

/* Release a slot, in any task, and wake the task that waits longest. A woken task that
 * finds more free slots wakes the next one; from `asyncio` 313 on it wakes as many
 * tasks as there are slots, and an interrupted task does so, too. Returns 0. CO_EVALUE:
 * the semaphore is bounded, and all slots are free. Does not suspend. Works outside of
 * a run, where no task can wait.
 */
int co_semaphore_release(co_semaphore *semaphore);

/* True if co_semaphore_acquire() would suspend. */
bool co_semaphore_locked(const co_semaphore *semaphore);

/* async with semaphore: as with_lock. If the slot of a bounded semaphore was released
 * within the block, the error of the second release at its end is ignored.
 */
/* clang-format off */
#define with_semaphore(semaphore)                                    \
    for (co_semaphore *co_held_ finally(co_semaphore_leave) = NULL,  \
         *co_next_ = (semaphore);                                    \
         co_next_ && (await(co_semaphore_acquire(co_next_)),         \
                      co_held_ = co_next_);                          \
         co_next_ = NULL)
/* clang-format on */

static inline void co_semaphore_leave(co_semaphore **held)
{
    if (*held)
        co_semaphore_release(*held);
}

#endif
