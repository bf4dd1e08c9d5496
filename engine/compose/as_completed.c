#include "engine/as_completed.h"

#include <stdlib.h>

#include "engine/core/loop_internal.h"

struct co_arrival {
    co_callback done;
    co_task *task; /* NULL: it is done, or has timed out */
    struct co_as_completed *completed;
};

/* One allocation: this, then an arrival for each task, then the places of the queue. It
 * is a handle, so that the loop frees it if the calling task is abandoned.
 */
struct arrivals {
    struct co_handle handle;
    struct co_arrival list[];
};

static void free_arrivals(co_future *future)
{
    free(co_container_of(future, struct arrivals, handle.future));
}

/* There is a place for each arrival, so that the queue never allocates. */
static struct co_arrival *make_arrivals(co_queue *queue, size_t count)
{
    static const struct co_future_class class = { .free = free_arrivals };
    size_t room = 1;

    while (room < count)
        room *= 2;
    struct arrivals *arrivals = co_alloc(
        sizeof(*arrivals) + count * sizeof(struct co_arrival) + room * sizeof(void *));
    co_handle_prepare(&arrivals->handle, &class);
    co_ref(&arrivals->handle.future);
    co_drop(&arrivals->handle.future); /* co_as_completed_finish() frees it */
    queue->items = (void **)&arrivals->list[count];
    queue->capacity = room;
    return arrivals->list;
}

static void arrived(co_callback *callback)
{
    struct co_arrival *arrival = co_container_of(callback, struct co_arrival, done);
    struct co_as_completed *completed = arrival->completed;
    co_task *task = arrival->task;

    arrival->task = NULL;
    co_queue_put_nowait(&completed->done, task);
    if (--completed->left == 0)
        co_timer_cancel(&completed->timer);
}

static void forget(struct co_arrival *arrival)
{
    co_callback_cancel(&arrival->done);
    co_unref(arrival->task);
    arrival->task = NULL;
}

static void expired(co_callback *callback)
{
    struct co_as_completed *completed =
        co_container_of(callback, struct co_as_completed, timer.callback);

    for (size_t i = 0; i < completed->count; i++)
        if (completed->arrivals[i].task) {
            forget(&completed->arrivals[i]);
            co_queue_put_nowait(&completed->done, NULL);
        }
    completed->left = 0;
}

static void watch(co_as_completed *completed)
{
    completed->watching = true;
    for (size_t i = 0; i < completed->count; i++)
        co_future_add_callback(completed->arrivals[i].task,
                               &completed->arrivals[i].done);
    completed->too_far =
        completed->count && co_call_later(&completed->timer, completed->seconds) < 0;
}

void co_as_completed_init(co_as_completed *completed, co_task *const tasks[],
                          size_t count, double seconds)
{
    /* A trace shows a wait for the inner queue as a wait for as_completed. */
    static const struct co_future_class class = { .what = "as_completed",
                                                  .function = "co_as_completed_next" };

    co_loop_here(__func__);
    *completed = (co_as_completed){
        .count = count,
        .left = count,
        .seconds = seconds,
        .timer.callback.run = expired,
    };
    co_queue_init(&completed->done, 0);
    completed->done.get_class = &class;
    completed->arrivals = make_arrivals(&completed->done, count);
    for (size_t i = 0; i < count; i++) {
        completed->arrivals[i] =
            (struct co_arrival){ { .run = arrived }, tasks[i], completed };
        co_ref(tasks[i]);
    }
    /* Before 313 as_completed() is a generator in Python: its body starts with the
     * first next(), so co_as_completed_next() begins the watch.
     */
    if (co_asyncio_at_least(co_loop_now, 313))
        watch(completed);
}

void co_as_completed_finish(co_as_completed *completed)
{
    void *task;

    co_timer_cancel(&completed->timer);
    for (size_t i = 0; i < completed->count; i++)
        if (completed->arrivals[i].task)
            forget(&completed->arrivals[i]);
    /* Check first: a get from an empty queue would change the current error. */
    while (!co_queue_empty(&completed->done))
        if (co_queue_get_nowait(&completed->done, &task) == 0 && task)
            co_unref(task);
    co_unref(
        &co_container_of(completed->arrivals, struct arrivals, list)->handle.future);
}

int co_as_completed_next(co_as_completed *completed, co_task **ret_task)
{
    void *item = NULL;
    co_task *unused;

    if (!ret_task)
        ret_task = &unused;
    *ret_task = NULL;
    if (completed->asked == completed->count)
        return co_set_current_error(CO_ESTOP, NULL);
    completed->asked++;
    if (!completed->watching)
        watch(completed);
    if (completed->too_far)
        return co_time_too_far(completed->seconds);
    await(co_queue_get(&completed->done, &item));
    if (!item)
        return co_set_current_error(UV_ETIMEDOUT, NULL);
    *ret_task = item;
    int r = co_future_outcome(item);
    co_unref(item); /* the spawner's reference remains */
    return r;
}
