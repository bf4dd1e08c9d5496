/* condition.h — waiting, with a lock, for something about what the lock protects.
 *
 * Whoever changes it notifies those who wait; they look again, one at a time, once they
 * have the lock. To be notified is not to be let in: the lock is still the notifier's.
 */
#ifndef CO_CONDITION_H
#define CO_CONDITION_H

#include <stddef.h>

#include "engine/await.h"
#include "engine/future.h"
#include "engine/lock.h"

/* Nothing to free. It and its lock must outlive every task that uses it, those too that
 * co_run() cancels after main has ended. It is not moved: it may contain its lock.
 */
typedef struct co_condition {
    const char *name; /* for traces; NULL: none */
    /* private */
    co_lock *lock, own;
    struct co_list waiters;              /* struct co_waiter, longest wait first */
    uint64_t bound;                      /* to this loop; 0: to none yet */
    const struct co_future_class *class; /* what a wait for it is called */
} co_condition;

/* NULL: with a lock of its own. Several conditions may share one of the caller's. */
void co_condition_init(co_condition *condition, co_lock *lock);
void co_condition_finish(co_condition *condition);

/* The same of its lock: see there. */
co_checked int co_condition_acquire(co_condition *condition);
int co_condition_release(co_condition *condition);
bool co_condition_locked(const co_condition *condition);

/* Release the lock, suspend until notified, and take the lock again, for which it may
 * have to wait once more: behind all who asked for the lock before.
 *
 * UV_ECANCELED: interrupted, here or there; but the lock is ours all the same, however
 * long that takes and however often it is interrupted meanwhile. The reason is that of
 * the interrupted wait; if the lock was waited for when it was interrupted, there is
 * none, but under `asyncio` 313 that of the last time.
 *
 * A notification that was on its way to a task that is interrupted is lost; under
 * `asyncio` 313 it goes to the next in line, who may then find nothing to do.
 *
 * CO_ERUNTIME: nobody holds the lock, and nothing has happened; or it belongs to
 * another loop, as a lock may.
 */
co_checked int co_condition_wait(co_condition *condition);

/* Wait until predicate(argument) is not 0: an error from it, or a result, is returned.
 * It is called with the lock held, at once and after each notification, and must not
 * suspend. The errors of co_condition_wait() besides.
 */
co_checked int co_condition_wait_for(co_condition *condition,
                                     int (*predicate)(void *argument), void *argument);

/* Wake up to `n` of those who wait, longest wait first, or all. With nobody there it
 * has no effect, not even later. CO_ERUNTIME: nobody holds the lock; it need not be the
 * caller who does. Does not suspend.
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
