/* lock.h — mutual exclusion between tasks.
 *
 * Needed only across an await: between two awaits a task has the loop to itself.
 * As in asyncio a lock belongs to nobody: any task may release it. It is not
 * reentrant.
 */
#ifndef CO_LOCK_H
#define CO_LOCK_H

#include "engine/await.h"
#include "engine/future.h"

/* Nothing to free: put it beside the data it protects, where it outlives every task
 * that uses it, those too that co_run() cancels after main has ended.
 */
typedef struct co_lock {
    const char *name; /* for traces; NULL: none */
    /* private */
    bool locked;
    bool silent;     /* something else, of which the observer is told instead */
    uint32_t holder; /* for traces: the id of the task that took it, from 1; or 0 */
    struct co_list waiters; /* struct co_waiter, longest wait first */
    uint64_t bound;         /* to this loop; 0: to none yet */
} co_lock;

void co_lock_init(co_lock *lock);
void co_lock_finish(co_lock *lock);

/* Suspend until it is ours; at once if it is free and nobody waits. Tasks get it
 * in the order they asked. UV_ECANCELED: interrupted, and it is not ours.
 *
 * A lock, and whatever else tasks wait for in line, belongs to the loop in which one of
 * them first had to wait: to that co_run(), or to all runs of that co_runner. A wait in
 * another is CO_ERUNTIME; who need not wait is let through.
 */
co_checked int co_lock_acquire(co_lock *lock);

/* Set it free and wake the longest waiter, who has it before anybody who asks
 * later. CO_ERUNTIME: it was not locked. Does not suspend.
 */
int co_lock_release(co_lock *lock);

bool co_lock_locked(const co_lock *lock);

/* async with lock: acquire, run the block, and release however it is left. `break`
 * leaves the block.
 */
/* clang-format off */
#define with_lock(lock)                                                       \
    for (co_lock *co_held_ finally(co_lock_leave) = NULL, *co_next_ = (lock); \
         co_next_ && (await(co_lock_acquire(co_next_)), co_held_ = co_next_); \
         co_next_ = NULL)
/* clang-format on */

static inline void co_lock_leave(co_lock **held)
{
    if (*held)
        co_lock_release(*held);
}

#endif
