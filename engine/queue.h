/* queue.h — items handed from tasks to tasks, first in, first out, or in another order.
 *
 * A full queue makes the producer wait: that is backpressure. Items are pointers
 * the queue does not look at; NULL is an item like any other. It must outlive every
 * task that uses it, those too that co_run() cancels after main has ended.
 */
#ifndef CO_QUEUE_H
#define CO_QUEUE_H

#include <stddef.h>

#include "engine/await.h"
#include "engine/future.h"

typedef struct co_queue {
    const char *name; /* for traces; NULL: none */
    /* private */
    void **items; /* of `capacity` places, a power of two; a ring, if it has no order */
    size_t capacity, first, count;
    size_t fast_limit; /* with fewer in the ring another can just be appended */
    size_t maxsize;    /* 0: none */
    size_t unfinished;
    size_t ordered;                     /* how many items are not in the ring, */
    const struct co_queue_order *order; /* but in this order; NULL: there is none */
    int (*compare)(const void *one, const void *other); /* for the order */
    bool is_shut_down;
    struct co_list joiners; /* struct co_waiter, longest wait first */
    struct co_list getters;
    struct co_list putters;
    uint64_t bound, joiners_bound;           /* to this loop; 0: to none yet */
    const struct co_future_class *get_class; /* what a wait for an item is called */
} co_queue;

/* `maxsize` items at most; 0: as many as come. finish() frees what the queue holds
 * of memory, not the items; nobody may be waiting.
 */
void co_queue_init(co_queue *queue, size_t maxsize);
void co_queue_finish(co_queue *queue);

/* LifoQueue: the same, but the newest item is taken first. */
void co_queue_init_lifo(co_queue *queue, size_t maxsize);

/* PriorityQueue: the same, but the smallest item is taken first, by a comparison of
 * items as of qsort(): negative if the first is smaller. It must not suspend. Which of
 * several equal items is taken first is not their age: it is what Python's heapq does.
 */
void co_queue_init_priority(co_queue *queue, size_t maxsize,
                            int (*compare)(const void *one, const void *other));

/* Suspend while it is full, then add an item; at once if there is room. A woken
 * getter takes it in its next turn; whoever asks before that may take it first, as
 * in asyncio. UV_ECANCELED: interrupted, and the item was not put. CO_ESHUTDOWN: it is
 * shut down, and neither was it. CO_ERUNTIME: it belongs to another loop, as a lock
 * may.
 */
co_checked int co_queue_put(co_queue *queue, void *item);

/* Suspend while it is empty, then take the oldest item. UV_ECANCELED: interrupted,
 * nothing taken, *ret_item untouched. CO_ESHUTDOWN: it is empty, and shut down.
 * CO_ERUNTIME: as above.
 */
co_checked int co_queue_get(co_queue *queue, void **ret_item);

/* The same without suspending: CO_EFULL, CO_EEMPTY, or CO_ESHUTDOWN. */
int co_queue_put_nowait(co_queue *queue, void *item);
int co_queue_get_nowait(co_queue *queue, void **ret_item);

/* Say that an item taken has been dealt with. CO_EVALUE: more often than put. */
int co_queue_task_done(co_queue *queue);

/* Suspend until every item put has been dealt with. UV_ECANCELED: interrupted.
 * CO_ERUNTIME: as above.
 */
co_checked int co_queue_join(co_queue *queue);

/* Let nothing more in: whoever puts, or waits to, gets CO_ESHUTDOWN, and so does
 * whoever finds it empty. `immediate`: it is emptied, and what it held counts as dealt
 * with; the items are the caller's to know of. CPython has it from 3.13 on. Does not
 * suspend.
 */
void co_queue_shutdown(co_queue *queue, bool immediate);

size_t co_queue_size(const co_queue *queue);
bool co_queue_empty(const co_queue *queue);
bool co_queue_full(const co_queue *queue);
size_t co_queue_maxsize(const co_queue *queue);

#endif
