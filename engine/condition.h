/* condition.h — asyncio.Condition: wait, with a lock, for a change of what it protects.
 *
 *     int orders = 1;
 *     finally(co_condition_finish) co_condition changed;
 *     co_condition_init(&changed, NULL);
 *     with_condition(&changed) {
 *         while (orders == 0)
 *             await(co_condition_wait(&changed)); // until another task notifies
 *         orders--;
 *     }
 *
 * The task that changes the data holds the lock and notifies. A notified task acquires
 * the lock again and then checks the data again. To notify does not release the lock.
 * No function here may be called from another thread.
 */
#ifndef CO_CONDITION_H
#define CO_CONDITION_H

#include <stddef.h>

#include "engine/await.h"
#include "engine/future.h"
#include "engine/lock.h"

/* Keep it, and its lock, where they outlive every task that uses them: see lock.h. It
 * must not be moved, since it may contain its lock.
 */
typedef struct co_condition {
    const char *name; /* for traces; NULL: none */
    /* private */
    co_lock *lock, own;
    struct co_list waiters;              /* struct co_waiter, longest wait first */
    uint64_t bound;                      /* the serial of its loop; 0: none yet */
    const struct co_future_class *class; /* of its waiters */
} co_condition;

/* Make it; `lock` NULL: with a lock of its own. Several conditions may share a lock of
 * the caller's. Nothing is allocated.
 */
void co_condition_init(co_condition *condition, co_lock *lock);

/* For `finally`, optional: end the program, with a sentence that names both, if a task
 * waits for it, or if a task waits for its own lock or holds it. A lock of the caller's
 * is not checked: that is for co_lock_finish().
 */
void co_condition_finish(co_condition *condition);

/* acquire(), release(), locked(): those of the lock; see lock.h. */
co_checked int co_condition_acquire(co_condition *condition);
int co_condition_release(co_condition *condition);
bool co_condition_locked(const co_condition *condition);

/* Release the lock, suspend until notified, and acquire the lock again. Tasks that wait
 * for the lock already acquire it before. Returns 0.
 *
 * UV_ECANCELED: interrupted while it waited for a notification or for the lock. The
 * lock is acquired again in any case, even if that wait is interrupted several times.
 * co_why() is the reason of the cancellation. If the wait for the lock was interrupted,
 * the error has no reason; from `asyncio` 313 on it has that of the last cancellation.
 *
 * A task may be notified and then interrupted before it continues. Then its
 * notification is lost. From 313 on the next waiter is notified instead, and may find
 * nothing changed.
 *
 * CO_ERUNTIME: the lock is not locked, and nothing has happened; or the condition
 * belongs to another loop, as a lock may.
 */
co_checked int co_condition_wait(co_condition *condition);

/* Wait until predicate(argument) is not 0, and return that: a result, or an error. The
 * predicate is called with the lock held, at once and after each notification, and must
 * not suspend. Returns the errors of co_condition_wait() as well.
 */
co_checked int co_condition_wait_for(co_condition *condition,
                                     int (*predicate)(void *argument), void *argument);

/* Wake up to `n` waiters, longest wait first, or all; asyncio's default for `n` is 1.
 * Without waiters it has no effect, not even later. CO_ERUNTIME: the lock is not
 * locked; it may be another task that holds it. Does not suspend.
 */
int co_condition_notify(co_condition *condition, size_t n);
int co_condition_notify_all(co_condition *condition);

/* async with condition: as with_lock. */
/* clang-format off */
#define with_condition(condition)                                    \
    for (co_condition *co_held_ finally(co_condition_leave) = NULL,  \
         *co_next_ = (condition);                                    \
         co_next_ && (await(co_condition_acquire(co_next_)),         \
                      co_held_ = co_next_);                          \
         co_next_ = NULL)
/* clang-format on */

static inline void co_condition_leave(co_condition **held)
{
    if (*held)
        co_condition_release(*held);
}

#endif
