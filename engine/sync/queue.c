#include "engine/queue.h"

#include <stdlib.h>

#include "engine/sync/queue_order.h"
#include "engine/core/loop_internal.h"

static void describe(const co_future *future, co_record *record)
{
    struct co_waiter *waiter = co_container_of(future, struct co_waiter, future);

    record->text = waiter->object;
}

static const struct co_future_class queue_class = {
    .what = "queue",
    .describe = describe,
};

void co_queue_init(co_queue *queue, size_t limit)
{
    *queue = (co_queue){ .limit = limit, .class = &queue_class };
    co_list_init(&queue->joiners);
    co_list_init(&queue->getters);
    co_list_init(&queue->putters);
}

void co_queue_finish(co_queue *queue)
{
    free(queue->items);
    queue->items = NULL;
    queue->room = queue->count = queue->ordered = queue->gate = 0;
}

size_t co_queue_size(const co_queue *queue) { return queue->count + queue->ordered; }

size_t co_queue_limit(const co_queue *queue) { return queue->limit; }

bool co_queue_empty(const co_queue *queue) { return co_queue_size(queue) == 0; }

bool co_queue_full(const co_queue *queue)
{
    return queue->limit && co_queue_size(queue) >= queue->limit;
}

/* ---- the places --------------------------------------------------------------- */

static void grow(co_queue *queue)
{
    size_t count = co_queue_size(queue), room = queue->room ? 2 * queue->room : 8;
    void **items = co_alloc(room * sizeof(*items));

    for (size_t i = 0; i < count; i++)
        items[i] = queue->items[(queue->first + i) & (queue->room - 1)];
    free(queue->items);
    queue->items = items;
    queue->room = room;
    queue->first = 0;
}

/* Only a ring that is open has one. */
static void set_gate(co_queue *queue)
{
    queue->gate = queue->order || queue->shut                  ? 0
                  : queue->limit && queue->limit < queue->room ? queue->limit
                                                               : queue->room;
}

static inline void append_to_ring(co_queue *queue, void *item)
{
    queue->items[(queue->first + queue->count++) & (queue->room - 1)] = item;
}

static inline void *take_from_ring(co_queue *queue)
{
    void *item = queue->items[queue->first];

    queue->first = (queue->first + 1) & (queue->room - 1);
    queue->count--;
    return item;
}

/* ---- the two lines ----------------------------------------------------------- */

/* Wake the first who is not awake already; he and those before him leave the line.
 * What he comes for stays where it is until he runs: somebody may be quicker.
 */
static void wake_next(struct co_list *line)
{
    while (!co_list_empty(line)) {
        struct co_waiter *first = co_waiter_of(line->next);
        co_list_remove(&first->link);
        if (co_is_pending(&first->future)) {
            co_serve(first);
            return;
        }
    }
}

/* One turn in `line`, for as long as `blocked` holds. */
static inline int wait_in(co_queue *queue, bool (*blocked)(const co_queue *),
                          struct co_list *line, const char *what)
{
    struct co_waiter me;
    int r = co_stand_in_line(&me, queue->class, what, queue->name, line, &queue->bound);

    /* Woken and cancelled at once: the turn goes to the next in line. */
    if (__builtin_expect(r < 0, 0) && !blocked(queue) &&
        me.future.state == CO_HAS_RESULT)
        wake_next(line);
    return r;
}

/* ---- in and out ---------------------------------------------------------------- */

static inline void tell(const co_queue *queue, co_record_kind kind)
{
    struct co_loop *loop = co_loop_now;

    if (co_is_observed(loop) && queue->class == &queue_class)
        co_tell_object(loop, kind, "queue", queue->name, co_queue_size(queue));
}

static inline void has_come(co_queue *queue)
{
    queue->unfinished++;
    tell(queue, CO_PUT);
    wake_next(&queue->getters);
}

static inline void has_gone(co_queue *queue)
{
    tell(queue, CO_GET);
    wake_next(&queue->putters);
}

/* Where there is more to it than a place in the ring. */
static co_cold int put_otherwise(co_queue *queue, void *item)
{
    if (queue->shut)
        return co_caught(CO_ESHUTDOWN, NULL);
    if (co_queue_full(queue))
        return co_caught(CO_EFULL, NULL);
    if (co_queue_size(queue) == queue->room)
        grow(queue);
    set_gate(queue);
    if (queue->order)
        queue->order->put(queue, item);
    else
        append_to_ring(queue, item);
    has_come(queue);
    return 0;
}

/* Where there is nothing in the ring. */
static co_cold int get_otherwise(co_queue *queue, void **ret_item)
{
    if (queue->ordered == 0)
        return co_caught(queue->shut ? CO_ESHUTDOWN : CO_EEMPTY, NULL);
    *ret_item = queue->order->take(queue);
    has_gone(queue);
    return 0;
}

int co_queue_put_nowait(co_queue *queue, void *item)
{
    if (__builtin_expect(queue->count >= queue->gate, 0))
        return put_otherwise(queue, item);
    append_to_ring(queue, item);
    has_come(queue);
    return 0;
}

int co_queue_get_nowait(co_queue *queue, void **ret_item)
{
    if (__builtin_expect(queue->count == 0, 0))
        return get_otherwise(queue, ret_item);
    *ret_item = take_from_ring(queue);
    has_gone(queue);
    return 0;
}

int co_queue_put(co_queue *queue, void *item)
{
    while (queue->count >= queue->gate) {
        if (queue->shut || !co_queue_full(queue))
            return put_otherwise(queue, item);
        await(wait_in(queue, co_queue_full, &queue->putters, "put"));
    }
    append_to_ring(queue, item);
    has_come(queue);
    return 0;
}

int co_queue_get(co_queue *queue, void **ret_item)
{
    while (queue->count == 0) {
        if (queue->shut || queue->ordered)
            return get_otherwise(queue, ret_item);
        await(wait_in(queue, co_queue_empty, &queue->getters, "get"));
    }
    *ret_item = take_from_ring(queue);
    has_gone(queue);
    return 0;
}

/* ---- until all is done ---------------------------------------------------------- */

int co_queue_task_done(co_queue *queue)
{
    if (queue->unfinished == 0)
        return co_raise(CO_EVALUE, "task_done() called too many times");
    if (--queue->unfinished == 0)
        co_serve_all(&queue->joiners);
    return 0;
}

int co_queue_join(co_queue *queue)
{
    struct co_waiter me;

    if (queue->unfinished == 0)
        return 0;
    return co_stand_in_line(&me, &queue_class, "join", queue->name, &queue->joiners,
                            &queue->joiners_bound);
}

/* ---- shutting it down ------------------------------------------------------------ */

static void wake_all(struct co_list *line)
{
    while (!co_list_empty(line))
        wake_next(line);
}

void co_queue_shutdown(co_queue *queue, bool immediate)
{
    queue->shut = true;
    set_gate(queue);
    if (immediate) {
        size_t dropped = co_queue_size(queue);
        queue->count = queue->ordered = 0;
        queue->unfinished -= dropped < queue->unfinished ? dropped : queue->unfinished;
        if (queue->unfinished == 0)
            co_serve_all(&queue->joiners);
    }
    wake_all(&queue->getters);
    wake_all(&queue->putters);
}
