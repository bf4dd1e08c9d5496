#include "engine/semaphore.h"

#include <limits.h>

#include "engine/core/emit.h"
#include "engine/core/waitq.h"

static int init(co_semaphore *semaphore, int value, unsigned max_value)
{
    *semaphore = (co_semaphore){ .value = value > 0 ? (unsigned)value : 0,
                                 .max_value = max_value };
    co_list_init(&semaphore->waiters);
    return value < 0 ? co_raise(CO_EVALUE, "Semaphore initial value must be >= 0") : 0;
}

int co_semaphore_init(co_semaphore *semaphore, int value)
{
    return init(semaphore, value, UINT_MAX);
}

int co_semaphore_init_bounded(co_semaphore *semaphore, int value)
{
    return init(semaphore, value, value > 0 ? (unsigned)value : 0);
}

void co_semaphore_finish(co_semaphore *semaphore)
{
    const struct co_list *waiters[] = { &semaphore->waiters };

    co_waitq_finish("semaphore", semaphore->name, semaphore, waiters, 1);
}

bool co_semaphore_locked(const co_semaphore *semaphore)
{
    if (semaphore->value == 0)
        return true;
    co_list_each(link, &semaphore->waiters)
        if (!co_cancelled(&co_waiter_of(link)->future))
            return true;
    return false;
}

/* Wake the first waiter that has not been woken. Take its slot here, so that no other
 * task can take the slot before the waiter runs. False: there is no such waiter.
 */
static bool wake_next(co_semaphore *semaphore)
{
    co_list_each(link, &semaphore->waiters) {
        if (!co_is_pending(&co_waiter_of(link)->future))
            continue;
        semaphore->value--;
        co_waiter_wake(co_waiter_of(link));
        return true;
    }
    return false;
}

/* A waiter resumes: wake the waiters behind it if there are free slots. If it was woken
 * and then interrupted, it first gives back the slot that was taken for it.
 */
static void wake_others(co_semaphore *semaphore, bool woken, bool interrupted)
{
    if (woken && interrupted)
        semaphore->value++;
    if (co_asyncio_at_least(co_loop_now, 313))
        while (semaphore->value > 0 && wake_next(semaphore))
            ;
    else if (woken && semaphore->value > 0)
        wake_next(semaphore);
}

static int wait_for_slot(co_semaphore *semaphore)
{
    static const struct co_future_class class = { .what = "semaphore",
                                                  .function = "co_semaphore_acquire" };
    struct co_waiter me;

    int r = co_waitq_wait(&me, &class, semaphore, semaphore->name, &semaphore->waiters,
                          &semaphore->bound);
    if (co_done(&me.future))
        wake_others(semaphore, me.future.state == CO_HAS_RESULT, r < 0);
    return r;
}

int co_semaphore_acquire(co_semaphore *semaphore)
{
    struct co_loop *loop = co_loop_here(__func__);

    if (!co_semaphore_locked(semaphore))
        semaphore->value--;
    else
        await(wait_for_slot(semaphore));
    if (co_is_observed(loop))
        co_emit_object(loop, CO_ACQUIRE, "semaphore", semaphore->name,
                       semaphore->value);
    return 0;
}

int co_semaphore_release(co_semaphore *semaphore)
{
    if (semaphore->value >= semaphore->max_value)
        return co_raise(CO_EVALUE, "BoundedSemaphore released too many times");
    semaphore->value++;
    if (co_is_observed_here())
        co_emit_object(co_loop_now, CO_RELEASE, "semaphore", semaphore->name,
                       semaphore->value);
    wake_next(semaphore);
    return 0;
}
