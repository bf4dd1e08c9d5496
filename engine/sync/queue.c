#include "engine/queue.h"

#include <stdlib.h>

#include "engine/core/emit.h"
#include "engine/core/waitq.h"
#include "engine/sync/queue_order.h"

/* ---- making and unmaking ------------------------------------------------- */

static void describe_get(const co_future *, co_trace_event *event)
{
    event->text = "get";
}

static void describe_put(const co_future *, co_trace_event *event)
{
    event->text = "put";
}

static void describe_join(const co_future *, co_trace_event *event)
{
    event->text = "join";
}

static const struct co_future_class get_class = { .what = "queue",
                                                  .function = "co_queue_get",
                                                  .describe = describe_get };
static const struct co_future_class put_class = { .what = "queue",
                                                  .function = "co_queue_put",
                                                  .describe = describe_put };
static const struct co_future_class join_class = { .what = "queue",
                                                   .function = "co_queue_join",
                                                   .describe = describe_join };

void co_queue_init(co_queue *queue, size_t maxsize)
{
    *queue = (co_queue){ .maxsize = maxsize, .get_class = &get_class };
    co_list_init(&queue->joiners);
    co_list_init(&queue->getters);
    co_list_init(&queue->putters);
}

void co_queue_finish(co_queue *queue)
{
    const struct co_list *waiters[] = { &queue->getters, &queue->putters,
                                        &queue->joiners };

    co_waitq_finish("queue", queue->name, queue, waiters, 3);
    free(queue->items);
    queue->items = NULL;
    queue->capacity = queue->count = queue->ordered = queue->fast_limit = 0;
}

size_t co_queue_size(const co_queue *queue) { return queue->count + queue->ordered; }

size_t co_queue_maxsize(const co_queue *queue) { return queue->maxsize; }

bool co_queue_empty(const co_queue *queue) { return co_queue_size(queue) == 0; }

bool co_queue_full(const co_queue *queue)
{
    return queue->maxsize && co_queue_size(queue) >= queue->maxsize;
}

/* ---- the ring ------------------------------------------------------------ */

static void grow(co_queue *queue)
{
    size_t count = co_queue_size(queue),
           capacity = queue->capacity ? 2 * queue->capacity : 8;
    void **items = co_alloc(capacity * sizeof(*items));

    for (size_t i = 0; i < count; i++)
        items[i] = queue->items[(queue->first + i) & (queue->capacity - 1)];
    free(queue->items);
    queue->items = items;
    queue->capacity = capacity;
    queue->first = 0;
}

/* With fewer items than this co_queue_put() appends without further checks. */
static void set_fast_limit(co_queue *queue)
{
    queue->fast_limit = queue->order || queue->is_shut_down ? 0
                        : queue->maxsize && queue->maxsize < queue->capacity
                            ? queue->maxsize
                            : queue->capacity;
}

static inline void append_to_ring(co_queue *queue, void *item)
{
    queue->items[(queue->first + queue->count++) & (queue->capacity - 1)] = item;
}

static inline void *take_from_ring(co_queue *queue)
{
    void *item = queue->items[queue->first];

    queue->first = (queue->first + 1) & (queue->capacity - 1);
    queue->count--;
    return item;
}

/* ---- waiting ------------------------------------------------------------- */

/* Wake the first waiter whose future is still pending; remove it and the done ones
 * before it. The item, or the free place, stays in the queue until that task runs, so
 * another task may take it first, as in asyncio.
 */
static void wake_next(struct co_list *waiters)
{
    while (!co_list_empty(waiters)) {
        struct co_waiter *first = co_waiter_of(waiters->next);
        co_list_remove(&first->link);
        if (co_is_pending(&first->future)) {
            co_waiter_wake(first);
            return;
        }
    }
}

/* Wait once. `blocked` is the condition that makes the task wait. */
static inline int wait_in(co_queue *queue, bool (*blocked)(const co_queue *),
                          struct co_list *waiters, const struct co_future_class *class)
{
    struct co_waiter me;
    int r = co_waitq_wait(&me, class, queue, queue->name, waiters, &queue->bound);

    /* Woken, then cancelled before it ran: pass the wake-up on. */
    if (__builtin_expect(r < 0, 0) && !blocked(queue) &&
        me.future.state == CO_HAS_RESULT)
        wake_next(waiters);
    return r;
}

/* ---- putting and getting ------------------------------------------------- */

static inline void emit(const co_queue *queue, co_trace_event_kind kind)
{
    if (co_is_observed_here() && queue->get_class == &get_class)
        co_emit_object(co_loop_now, kind, "queue", queue->name, co_queue_size(queue));
}

static inline void item_added(co_queue *queue)
{
    queue->unfinished++;
    emit(queue, CO_PUT);
    wake_next(&queue->getters);
}

static inline void item_removed(co_queue *queue)
{
    emit(queue, CO_GET);
    wake_next(&queue->putters);
}

/* Put an item that the fast path cannot append to the ring. */
static co_cold int put_slow(co_queue *queue, void *item)
{
    if (queue->is_shut_down)
        return co_set_current_error(CO_ESHUTDOWN, NULL);
    if (co_queue_full(queue))
        return co_set_current_error(CO_EFULL, NULL);
    if (co_queue_size(queue) == queue->capacity)
        grow(queue);
    set_fast_limit(queue);
    if (queue->order)
        queue->order->put(queue, item);
    else
        append_to_ring(queue, item);
    item_added(queue);
    return 0;
}

/* Get an item when the ring is empty. */
static co_cold int get_slow(co_queue *queue, void **ret_item)
{
    if (queue->ordered == 0)
        return co_set_current_error(queue->is_shut_down ? CO_ESHUTDOWN : CO_EEMPTY,
                                    NULL);
    *ret_item = queue->order->take(queue);
    item_removed(queue);
    return 0;
}

int co_queue_put_nowait(co_queue *queue, void *item)
{
    if (__builtin_expect(queue->count >= queue->fast_limit, 0))
        return put_slow(queue, item);
    append_to_ring(queue, item);
    item_added(queue);
    return 0;
}

int co_queue_get_nowait(co_queue *queue, void **ret_item)
{
    if (__builtin_expect(queue->count == 0, 0))
        return get_slow(queue, ret_item);
    *ret_item = take_from_ring(queue);
    item_removed(queue);
    return 0;
}

int co_queue_put(co_queue *queue, void *item)
{
    while (queue->count >= queue->fast_limit) {
        if (queue->is_shut_down || !co_queue_full(queue))
            return put_slow(queue, item);
        await(wait_in(queue, co_queue_full, &queue->putters, &put_class));
    }
    append_to_ring(queue, item);
    item_added(queue);
    return 0;
}

int co_queue_get(co_queue *queue, void **ret_item)
{
    while (queue->count == 0) {
        if (queue->is_shut_down || queue->ordered)
            return get_slow(queue, ret_item);
        await(wait_in(queue, co_queue_empty, &queue->getters, queue->get_class));
    }
    *ret_item = take_from_ring(queue);
    item_removed(queue);
    return 0;
}

/* ---- joining ------------------------------------------------------------- */

int co_queue_task_done(co_queue *queue)
{
    if (queue->unfinished == 0)
        return co_raise(CO_EVALUE, "task_done() called too many times");
    if (--queue->unfinished > 0)
        return 0;
    co_waitq_check_thread(&queue->joiners, __func__);
    co_waitq_wake_all(&queue->joiners);
    return 0;
}

int co_queue_join(co_queue *queue)
{
    struct co_waiter me;

    if (queue->unfinished == 0)
        return 0;
    return co_waitq_wait(&me, &join_class, queue, queue->name, &queue->joiners,
                         &queue->joiners_bound);
}

/* ---- shutting it down ---------------------------------------------------- */

static void wake_and_remove_all(struct co_list *waiters)
{
    while (!co_list_empty(waiters))
        wake_next(waiters);
}

void co_queue_shutdown(co_queue *queue, bool immediate)
{
    co_waitq_check_thread(&queue->joiners, __func__);
    queue->is_shut_down = true;
    set_fast_limit(queue);
    if (immediate) {
        const size_t dropped = co_queue_size(queue);
        queue->count = queue->ordered = 0;
        queue->unfinished -= dropped < queue->unfinished ? dropped : queue->unfinished;
        if (queue->unfinished == 0)
            co_waitq_wake_all(&queue->joiners);
    }
    wake_and_remove_all(&queue->getters);
    wake_and_remove_all(&queue->putters);
}
