/* queue_order.h — the order of a LifoQueue or PriorityQueue.
 *
 * The items are in the first queue->ordered places of queue->items. The ring stays
 * empty (queue->count and queue->fast_limit are 0), so that the fast paths of a FIFO
 * queue need not check for an order. (Private to the engine.)
 */
#ifndef CO_QUEUE_ORDER_H
#define CO_QUEUE_ORDER_H

#include "engine/queue.h"

struct co_queue_order {
    void (*put)(co_queue *queue, void *item); /* there is a free place */
    void *(*take)(co_queue *queue);           /* there is an item */
};

#endif
