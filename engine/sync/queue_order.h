/* queue_order.h — what a queue does that is not first in, first out.
 *
 * Its items stand from the start of queue->items, as many as queue->ordered says, and
 * never in the ring: there whoever puts or gets finds nothing, and looks here.
 * (Private to the engine.)
 */
#ifndef CO_QUEUE_ORDER_H
#define CO_QUEUE_ORDER_H

#include "engine/queue.h"

struct co_queue_order {
    void (*put)(co_queue *queue, void *item); /* there is room */
    void *(*take)(co_queue *queue);           /* there is something */
};

#endif
