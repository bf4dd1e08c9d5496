#include "engine/semaphore.h"

#include "engine/sched.h"

void co_semaphore_init(co_semaphore *semaphore, unsigned value)
{
    *semaphore = (co_semaphore){ .value = value };
    co_list_init(&semaphore->waiters);
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

/* The slot is taken here, on the waiter's behalf: nobody can get in between. */
static void wake_next(co_semaphore *semaphore)
{
    co_list_each(link, &semaphore->waiters) {
        if (!co_is_pending(&co_waiter_of(link)->future))
            continue;
        semaphore->value--;
        co_serve(co_waiter_of(link));
        return;
    }
}

static int wait_for_slot(co_semaphore *semaphore)
{
    static const struct co_future_class class = { .what = "semaphore" };
    struct co_waiter me;

    int r = co_stand_in_line(&me, &class, semaphore, semaphore->name,
                             &semaphore->waiters, &semaphore->bound);
    if (r < 0) {
        /* Served and cancelled at once: the slot goes to the next. */
        if (me.future.state == CO_HAS_RESULT) {
            semaphore->value++;
            wake_next(semaphore);
        }
        return r;
    }
    if (semaphore->value > 0)
        wake_next(semaphore);
    return 0;
}

int co_semaphore_acquire(co_semaphore *semaphore)
{
    struct co_loop *loop = co_loop_now;

    if (!co_semaphore_locked(semaphore))
        semaphore->value--;
    else
        await(wait_for_slot(semaphore));
    if (co_is_observed(loop))
        co_tell_object(loop, CO_ACQUIRE, "semaphore", semaphore->name,
                       semaphore->value);
    return 0;
}

void co_semaphore_release(co_semaphore *semaphore)
{
    struct co_loop *loop = co_loop_now;

    semaphore->value++;
    if (co_is_observed(loop))
        co_tell_object(loop, CO_RELEASE, "semaphore", semaphore->name,
                       semaphore->value);
    wake_next(semaphore);
}
