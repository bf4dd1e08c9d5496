/* lock.h — asyncio.Lock: mutual exclusion between tasks.
 *
 *     int balance = 100;
 *     finally(co_lock_finish) co_lock lock;
 *     co_lock_init(&lock);
 *     with_lock(&lock) {
 *         int before = balance;
 *         await(co_sleep(0.1)); // other tasks run, and wait for the lock
 *         balance = before - 10;
 *     }
 *
 * A lock is needed only around an await: between two awaits no other task runs. It has
 * no owner, as in asyncio: any task may release it. It is not reentrant: a task that
 * acquires it twice waits for itself. No function here may be called from another
 * thread.
 */
#ifndef CO_LOCK_H
#define CO_LOCK_H

#include "engine/await.h"
#include "engine/future.h"

/* Keep it where it outlives every task that uses it, and do not move it. co_run()
 * cancels the tasks that are left when main has ended, so what they share belongs in
 * the frame of main (co_run_with), not among its local variables.
 */
typedef struct co_lock {
    const char *name; /* for traces; NULL: none */
    /* private */
    bool locked;
    bool silent;     /* part of another primitive, which emits events of its own */
    uint32_t holder; /* for traces: 1 + the id of the task that acquired it; 0: none */
    struct co_list waiters; /* struct co_waiter, longest wait first */
    uint64_t bound;         /* the serial of its loop; 0: none yet */
} co_lock;

/* Make it, free to be acquired. Nothing is allocated. */
void co_lock_init(co_lock *lock);

/* For `finally`, optional: end the program, with a sentence that names the task and the
 * lock, if a task waits for the lock or another task holds it. In debug mode
 * (co_options.debug) locks on stacks are checked without it.
 */
void co_lock_finish(co_lock *lock);

/* Suspend until the lock is acquired; at once if it is free and no task waits. Tasks
 * acquire it in the order in which they called. UV_ECANCELED: interrupted, and it is
 * not acquired.
 *
 * A lock, like every primitive, belongs to the loop in which a task first had to wait
 * for it: to that co_run(), or to all runs of that co_runner. CO_ERUNTIME: the task
 * would have to wait in another loop. Without a wait it works in any loop.
 */
co_checked int co_lock_acquire(co_lock *lock);

/* Release the lock and wake the task that waits longest, which acquires it before every
 * task that calls later. CO_ERUNTIME: it was not locked. Does not suspend. Works
 * outside of a run, where no task can wait.
 */
int co_lock_release(co_lock *lock);

/* True while a task holds it. */
bool co_lock_locked(const co_lock *lock);

/* async with lock: acquire it, run the block, and release it however the block is left.
 * `break` leaves the block.
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
