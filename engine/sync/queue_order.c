/* queue_order.c — LifoQueue and PriorityQueue. */
#include "engine/sync/queue_order.h"

/* ---- LifoQueue ----------------------------------------------------------- */

static void put_on_top(co_queue *queue, void *item)
{
    queue->items[queue->ordered++] = item;
}

static void *take_from_top(co_queue *queue) { return queue->items[--queue->ordered]; }

void co_queue_init_lifo(co_queue *queue, size_t maxsize)
{
    static const struct co_queue_order newest = { put_on_top, take_from_top };

    co_queue_init(queue, maxsize);
    queue->order = &newest;
}

/* ---- PriorityQueue ------------------------------------------------------- */

/* A binary heap that makes the same comparisons in the same order as Python's heapq, so
 * that equal items come out in the same order.
 */
static bool is_before(const co_queue *queue, const void *one, const void *other)
{
    return queue->compare(one, other) < 0;
}

/* heapq._siftdown(): put the item at `place`, or at the first place above it where the
 * parent is not larger.
 */
static void sift_up(co_queue *queue, size_t place, void *item)
{
    while (place > 0) {
        size_t parent = (place - 1) / 2;
        if (!is_before(queue, item, queue->items[parent]))
            break;
        queue->items[place] = queue->items[parent];
        place = parent;
    }
    queue->items[place] = item;
}

static void put_in_heap(co_queue *queue, void *item)
{
    sift_up(queue, queue->ordered++, item);
}

/* The first place is free: fill it with its smaller child, and repeat that with the
 * place of the child, down to a leaf. Returns the leaf, which is free now.
 */
static size_t move_children_up(co_queue *queue)
{
    void **items = queue->items;
    size_t place = 0, child;

    while ((child = 2 * place + 1) < queue->ordered) {
        if (child + 1 < queue->ordered &&
            !is_before(queue, items[child], items[child + 1]))
            child++;
        items[place] = items[child];
        place = child;
    }
    return place;
}

static void *take_from_heap(co_queue *queue)
{
    void *smallest = queue->items[0];
    void *last = queue->items[--queue->ordered];

    if (queue->ordered > 0)
        sift_up(queue, move_children_up(queue), last);
    return smallest;
}

void co_queue_init_priority(co_queue *queue, size_t maxsize,
                            int (*compare)(const void *one, const void *other))
{
    static const struct co_queue_order smallest = { put_in_heap, take_from_heap };

    co_queue_init(queue, maxsize);
    queue->order = &smallest;
    queue->compare = compare;
}
