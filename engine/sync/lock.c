#include "engine/lock.h"

#include "engine/core/emit.h"
#include "engine/core/waitq.h"
#include "engine/sync/lock_internal.h"

void co_lock_init(co_lock *lock)
{
    *lock = (co_lock){};
    co_list_init(&lock->waiters);
}

/* The task that holds it; NULL: none, or it is done. */
static const co_task *holder_of(const co_lock *lock)
{
    return lock->holder ? co_task_with_id(lock->holder - 1) : NULL;
}

void co_lock_finish_as(const char *what, const co_lock *lock)
{
    const struct co_list *waiters[] = { &lock->waiters };

    co_waitq_finish(what, lock->name, lock, waiters, 1);
    const co_task *holder = co_loop_now ? holder_of(lock) : NULL;
    if (holder && !co_done(holder) && holder != co_self())
        co_waitq_fatal(what, lock->name, co_task_of(holder), "holds");
}

void co_lock_finish(co_lock *lock) { co_lock_finish_as("lock", lock); }

static void describe(const co_future *future, co_trace_event *record)
{
    const co_lock *lock = co_container_of(future, struct co_waiter, future)->object;

    record->other = holder_of(lock);
}

static const struct co_future_class lock_class = {
    .what = "lock",
    .function = "co_lock_acquire",
    .describe = describe,
};

/* A woken waiter that has not run yet counts, since no task may acquire the lock before
 * it. A waiter whose wait was cancelled does not count.
 */
static bool has_waiters(const co_lock *lock)
{
    co_list_each(link, &lock->waiters)
        if (!co_cancelled(&co_waiter_of(link)->future))
            return true;
    return false;
}

static void wake_first(co_lock *lock)
{
    if (co_list_empty(&lock->waiters))
        return;
    struct co_waiter *first = co_waiter_of(lock->waiters.next);
    if (co_is_pending(&first->future))
        co_waiter_wake(first);
}

int co_lock_acquire(co_lock *lock)
{
    struct co_loop *loop = co_loop_now;

    if (lock->locked || has_waiters(lock)) {
        struct co_waiter me;
        int r = co_waitq_wait(&me, &lock_class, lock, lock->name, &lock->waiters,
                              &lock->bound);
        if (r < 0) {
            /* This waiter may also have been woken: pass the wake-up on. */
            if (r == UV_ECANCELED && !lock->locked)
                wake_first(lock);
            return r;
        }
    }
    lock->locked = true;
    lock->holder = co_task_here(loop, __func__)->handle.id + 1;
    if (co_is_observed(loop) && !lock->silent)
        co_emit_object(loop, CO_ACQUIRE, "lock", lock->name, 0);
    return 0;
}

int co_lock_release(co_lock *lock)
{
    if (!lock->locked)
        return co_raise(CO_ERUNTIME, "Lock is not acquired.");
    lock->locked = false;
    lock->holder = 0;
    if (co_is_observed_here() && !lock->silent)
        co_emit_object(co_loop_now, CO_RELEASE, "lock", lock->name, 0);
    wake_first(lock);
    return 0;
}

bool co_lock_locked(const co_lock *lock) { return lock->locked; }
