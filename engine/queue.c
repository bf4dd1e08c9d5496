#include "engine/queue.h"

#include <stdlib.h>

#include "engine/sched.h"

void co_queue_init(co_queue *queue, size_t limit)
{
    *queue = (co_queue){ .limit = limit };
    co_event_init(&queue->finished);
    queue->finished.set = true;
    co_list_init(&queue->getters);
    co_list_init(&queue->putters);
}

void co_queue_finish(co_queue *queue)
{
    free(queue->items);
    queue->items = NULL;
    queue->room = queue->count = 0;
}

size_t co_queue_size(const co_queue *queue) { return queue->count; }

bool co_queue_empty(const co_queue *queue) { return queue->count == 0; }

bool co_queue_full(const co_queue *queue)
{
    return queue->limit && queue->count >= queue->limit;
}

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
        if (!co_done(&first->future)) {
            co_serve(first);
            return;
        }
    }
}

static void describe(const co_future *future, co_record *record)
{
    struct co_waiter *waiter = co_container_of(future, struct co_waiter, future);

    record->text = waiter->object;
}

static const struct co_future_class queue_class = {
    .what = "queue",
    .describe = describe,
};

/* Wait in `line` until `blocked` no longer holds. */
static int wait_while(co_queue *queue, bool (*blocked)(const co_queue *),
                      struct co_list *line, const char *what)
{
    while (blocked(queue)) {
        struct co_waiter me;
        int r = co_stand_in_line(&me, &queue_class, what, queue->name, line);
        if (r < 0) {
            /* Woken and cancelled at once: the turn goes to the next in line. */
            if (!blocked(queue) && co_done(&me.future) && !co_cancelled(&me.future))
                wake_next(line);
            return r;
        }
    }
    return 0;
}

/* ---- in and out --------------------------------------------------------------- */

int co_queue_put_nowait(co_queue *queue, void *item)
{
    struct co_loop *loop = co_loop_now;

    if (co_queue_full(queue))
        return co_caught(CO_EFULL, NULL);
    if (queue->count == queue->room)
        grow(queue);
    queue->items[(queue->first + queue->count++) & (queue->room - 1)] = item;
    queue->unfinished++;
    co_event_clear(&queue->finished);
    CO_TELL(loop, .kind = CO_PUT, .task = co_task_or_null(loop->current),
            .what = "queue", .object = queue->name, .number = (int64_t)queue->count);
    wake_next(&queue->getters);
    return 0;
}

int co_queue_get_nowait(co_queue *queue, void **ret_item)
{
    struct co_loop *loop = co_loop_now;

    if (co_queue_empty(queue))
        return co_caught(CO_EEMPTY, NULL);
    *ret_item = queue->items[queue->first];
    queue->first = (queue->first + 1) & (queue->room - 1);
    queue->count--;
    CO_TELL(loop, .kind = CO_GET, .task = co_task_or_null(loop->current),
            .what = "queue", .object = queue->name, .number = (int64_t)queue->count);
    wake_next(&queue->putters);
    return 0;
}

int co_queue_put(co_queue *queue, void *item)
{
    if (co_queue_full(queue))
        await(wait_while(queue, co_queue_full, &queue->putters, "put"));
    return co_queue_put_nowait(queue, item);
}

int co_queue_get(co_queue *queue, void **ret_item)
{
    if (co_queue_empty(queue))
        await(wait_while(queue, co_queue_empty, &queue->getters, "get"));
    return co_queue_get_nowait(queue, ret_item);
}

int co_queue_task_done(co_queue *queue)
{
    if (queue->unfinished == 0)
        return co_raise(CO_EVALUE, "task_done() called too many times");
    if (--queue->unfinished == 0)
        co_event_set(&queue->finished);
    return 0;
}

int co_queue_join(co_queue *queue)
{
    queue->finished.name = queue->name;
    return co_event_wait(&queue->finished);
}
