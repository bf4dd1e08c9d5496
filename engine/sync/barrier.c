#include "engine/barrier.h"

#include "engine/core/loop_internal.h"

int co_barrier_init(co_barrier *barrier, int parties)
{
    /* A trace shows a wait for the inner condition as a wait for the barrier. */
    static const struct co_future_class class = { .what = "barrier",
                                                  .function = "co_barrier_wait" };

    *barrier = (co_barrier){ .parties = parties };
    co_condition_init(&barrier->condition, NULL);
    barrier->condition.class = &class;
    barrier->condition.own.silent = true;
    return parties < 1 ? co_raise(CO_EVALUE, "parties must be > 0") : 0;
}

void co_barrier_finish(co_barrier *barrier)
{
    barrier->condition.name = barrier->name;
    co_condition_finish(&barrier->condition);
}

static int is_fillable(void *argument)
{
    const co_barrier *barrier = argument;

    return barrier->state == CO_FILLING_ || barrier->state == CO_BROKEN_;
}

static int is_full(void *argument)
{
    return ((const co_barrier *)argument)->state != CO_FILLING_;
}

/* Wait until the tasks of the previous round have left. */
static co_checked int wait_until_fillable(co_barrier *barrier)
{
    await(co_condition_wait_for(&barrier->condition, is_fillable, barrier));
    return barrier->state == CO_BROKEN_ ? co_raise(CO_EBROKEN, "Barrier aborted") : 0;
}

/* Wait until all tasks are here; the last one wakes the others. */
static co_checked int wait_until_full(co_barrier *barrier)
{
    if (barrier->count == barrier->parties) {
        barrier->state = CO_DRAINING_;
        return co_condition_notify_all(&barrier->condition);
    }
    await(co_condition_wait_for(&barrier->condition, is_full, barrier));
    return barrier->state == CO_DRAINING_
               ? 0
               : co_raise(CO_EBROKEN, "Abort or reset of barrier");
}

/* The last task that leaves starts the next round. */
static void leave(co_barrier *barrier)
{
    if (--barrier->count > 0)
        return;
    if (barrier->state == CO_RESETTING_ || barrier->state == CO_DRAINING_)
        barrier->state = CO_FILLING_;
    co_condition_notify_all(&barrier->condition);
}

/* The whole wait. The caller holds the lock. Returns the position. */
static co_checked int pass(co_barrier *barrier)
{
    await(wait_until_fillable(barrier));
    int position = barrier->count++;
    int r = wait_until_full(barrier);
    leave(barrier);
    return r < 0 ? r : position;
}

int co_barrier_wait(co_barrier *barrier)
{
    co_task_here(co_loop_now, __func__);
    barrier->condition.name = barrier->name;
    with_condition(&barrier->condition)
        return await(pass(barrier));
    return 0;
}

/* ---- before it is full --------------------------------------------------- */

int co_barrier_reset(co_barrier *barrier)
{
    co_task_here(co_loop_now, __func__);
    with_condition(&barrier->condition) {
        barrier->state = barrier->count > 0 ? CO_RESETTING_ : CO_FILLING_;
        co_condition_notify_all(&barrier->condition);
    }
    return 0;
}

int co_barrier_abort(co_barrier *barrier)
{
    co_task_here(co_loop_now, __func__);
    with_condition(&barrier->condition) {
        barrier->state = CO_BROKEN_;
        co_condition_notify_all(&barrier->condition);
    }
    return 0;
}

/* ---- asking -------------------------------------------------------------- */

int co_barrier_parties(const co_barrier *barrier) { return barrier->parties; }

int co_barrier_waiting(const co_barrier *barrier)
{
    return barrier->state == CO_FILLING_ ? barrier->count : 0;
}

bool co_barrier_broken(const co_barrier *barrier)
{
    return barrier->state == CO_BROKEN_;
}
