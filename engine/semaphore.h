/* semaphore.h — so many at a time.
 */
#ifndef CO_SEMAPHORE_H
#define CO_SEMAPHORE_H

#include "engine/await.h"
#include "engine/future.h"

/* Nothing to free. It must outlive every task that uses it, those too that co_run()
 * cancels after main has ended.
 */
typedef struct co_semaphore {
    const char *name; /* for traces; NULL: none */
    /* private */
    unsigned value;         /* free slots, */
    unsigned max_value;     /* and how many there may be */
    struct co_list waiters; /* struct co_waiter, longest wait first */
    uint64_t bound;         /* to this loop; 0: to none yet */
} co_semaphore;

/* So many slots are free. CO_EVALUE: fewer than none, taken for none. */
int co_semaphore_init(co_semaphore *semaphore, int value);

/* BoundedSemaphore: the same, and there are never more. */
int co_semaphore_init_bounded(co_semaphore *semaphore, int value);
void co_semaphore_finish(co_semaphore *semaphore);

/* Suspend until there is a slot; at once if one is free and nobody waits. First
 * come, first served. UV_ECANCELED: interrupted, and no slot is ours. CO_ERUNTIME: it
 * belongs to another loop, as a lock may.
 */
co_checked int co_semaphore_acquire(co_semaphore *semaphore);

/* Give a slot back and wake the longest waiter. A task that is let in and finds more
 * slots free wakes the next one; under `asyncio` 313 as many as there are slots, and
 * so does one that is interrupted. Any task may release. CO_EVALUE: the semaphore is
 * bounded, and no slot was taken. Does not suspend.
 */
int co_semaphore_release(co_semaphore *semaphore);

/* True if acquire would suspend. */
bool co_semaphore_locked(const co_semaphore *semaphore);

/* async with semaphore: as with_lock. That it was released too often meanwhile goes
 * unnoticed at the end of the block.
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
