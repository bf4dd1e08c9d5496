#include "engine/queue.h"

#include <stdlib.h>

#include "engine/sched.h"

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
    queue->room = queue->count = 0;
}

static inline bool is_empty(const co_queue *queue) { return queue->count == 0; }

static inline bool is_full(const co_queue *queue)
{
    return queue->limit && queue->count >= queue->limit;
}

size_t co_queue_size(const co_queue *queue) { return queue->count; }

bool co_queue_empty(const co_queue *queue) { return is_empty(queue); }

bool co_queue_full(const co_queue *queue) { return is_full(queue); }

/* ---- the ring ---------------------------------------------------------------- */

static void grow(co_queue *queue)
{
    size_t room = queue->room ? 2 * queue->room : 8;
    void **items = co_alloc(room * sizeof(*items));

    for (size_t i = 0; i < queue->count; i++)
        items[i] = queue->items[(queue->first + i) & (queue->room - 1)];
    free(queue->items);
    queue->items = items;
    queue->room = room;
    queue->first = 0;
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

/* ---- in and out --------------------------------------------------------------- */

static inline void append(co_queue *queue, void *item)
{
    struct co_loop *loop = co_loop_now;

    if (queue->count == queue->room)
        grow(queue);
    queue->items[(queue->first + queue->count++) & (queue->room - 1)] = item;
    queue->unfinished++;
    if (co_is_observed(loop) && queue->class == &queue_class)
        co_tell_object(loop, CO_PUT, "queue", queue->name, queue->count);
    wake_next(&queue->getters);
}

static inline void *take_first(co_queue *queue)
{
    struct co_loop *loop = co_loop_now;
    void *item = queue->items[queue->first];

    queue->first = (queue->first + 1) & (queue->room - 1);
    queue->count--;
    if (co_is_observed(loop) && queue->class == &queue_class)
        co_tell_object(loop, CO_GET, "queue", queue->name, queue->count);
    wake_next(&queue->putters);
    return item;
}

int co_queue_put_nowait(co_queue *queue, void *item)
{
    if (is_full(queue))
        return co_caught(CO_EFULL, NULL);
    append(queue, item);
    return 0;
}

int co_queue_get_nowait(co_queue *queue, void **ret_item)
{
    if (is_empty(queue))
        return co_caught(CO_EEMPTY, NULL);
    *ret_item = take_first(queue);
    return 0;
}

int co_queue_put(co_queue *queue, void *item)
{
    while (is_full(queue))
        await(wait_in(queue, is_full, &queue->putters, "put"));
    append(queue, item);
    return 0;
}

int co_queue_get(co_queue *queue, void **ret_item)
{
    while (is_empty(queue))
        await(wait_in(queue, is_empty, &queue->getters, "get"));
    *ret_item = take_first(queue);
    return 0;
}

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
