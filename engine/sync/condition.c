#include "engine/condition.h"

#include "engine/core/waitq.h"
#include "engine/sync/lock_internal.h"

void co_condition_init(co_condition *condition, co_lock *lock)
{
    static const struct co_future_class class = { .what = "condition",
                                                  .function = "co_condition_wait" };

    *condition = (co_condition){ .class = &class };
    co_list_init(&condition->waiters);
    co_lock_init(&condition->own);
    condition->lock = lock ? lock : &condition->own;
}

void co_condition_finish(co_condition *condition)
{
    const char *what = condition->class->what;
    const struct co_list *waiters[] = { &condition->waiters };

    co_waitq_finish(what, condition->name, condition, waiters, 1);
    if (condition->lock == &condition->own)
        co_lock_finish_as(what, &condition->own);
}

int co_condition_acquire(co_condition *condition)
{
    co_task_here(co_loop_now, __func__);
    condition->own.name = condition->name;
    return co_lock_acquire(condition->lock);
}

int co_condition_release(co_condition *condition)
{
    return co_lock_release(condition->lock);
}

bool co_condition_locked(const co_condition *condition)
{
    return co_lock_locked(condition->lock);
}

/* ---- waiting ------------------------------------------------------------- */

/* Acquire the lock again, even if that is interrupted several times. `r` is the outcome
 * of the wait before; returns the outcome of both waits.
 */
static co_checked int reacquire(co_condition *condition, int r)
{
    const bool last_reason_counts = co_asyncio_at_least(co_loop_now, 313);
    struct co_error *error =
        co_error_keep(r < 0 ? co_current_error_with_code(r) : NULL);
    int acquired;

    while ((acquired = co_lock_acquire(condition->lock)) == UV_ECANCELED) {
        r = UV_ECANCELED;
        co_error_drop(error);
        error =
            co_error_keep(last_reason_counts ? co_current_error_with_code(r) : NULL);
    }
    if (acquired < 0)
        r = acquired;
    else if (r < 0)
        co_set_current_error(r, error);
    co_error_drop(error);
    return r;
}

static void wake(co_condition *condition, size_t n)
{
    co_list_each(link, &condition->waiters) {
        if (n == 0)
            break;
        if (co_is_pending(&co_waiter_of(link)->future)) {
            co_waiter_wake(co_waiter_of(link));
            n--;
        }
    }
}

int co_condition_wait(co_condition *condition)
{
    const bool passes_on = co_asyncio_at_least(co_loop_here(__func__), 313);
    struct co_waiter me;

    if (!co_condition_locked(condition))
        return co_raise(CO_ERUNTIME, "cannot wait on un-acquired lock");
    /* From 313 on the loop is checked before the lock is released. */
    if (passes_on)
        await(co_bind(&condition->bound, condition->class));
    co_lock_release(condition->lock);
    int r = co_waitq_wait(&me, condition->class, condition, condition->name,
                          &condition->waiters, &condition->bound);
    r = reacquire(condition, r);
    if (r < 0 && passes_on)
        wake(condition, 1);
    return r;
}

int co_condition_wait_for(co_condition *condition, int (*predicate)(void *argument),
                          void *argument)
{
    int r;

    while ((r = predicate(argument)) == 0)
        await(co_condition_wait(condition));
    return r;
}

/* ---- notifying ----------------------------------------------------------- */

int co_condition_notify(co_condition *condition, size_t n)
{
    if (!co_condition_locked(condition))
        return co_raise(CO_ERUNTIME, "cannot notify on un-acquired lock");
    wake(condition, n);
    return 0;
}

int co_condition_notify_all(co_condition *condition)
{
    return co_condition_notify(condition, SIZE_MAX);
}
