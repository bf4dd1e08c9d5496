/* queue.h — asyncio.Queue: items handed from producing tasks to consuming ones.
 *
 *     finally(co_queue_finish) co_queue queue;
 *     void *item;
 *     co_queue_init(&queue, 10); // LifoQueue, PriorityQueue: see below
 *     await(co_queue_put(&queue, "an item"));
 *     await(co_queue_get(&queue, &item));
 *     co_queue_task_done(&queue);
 *
 * A full queue makes producers wait: that is backpressure. Items are pointers that the
 * queue does not look at; NULL is an item like any other. No function here may be
 * called from another thread.
 */
#ifndef CO_QUEUE_H
#define CO_QUEUE_H

#include <stddef.h>

#include "engine/await.h"
#include "engine/future.h"

/* Keep it where it outlives every task that uses it, as a lock: see lock.h. */
typedef struct co_queue {
    const char *name; /* for traces; NULL: none */
    /* private */
    void **items; /* `capacity` places, a power of two; a ring, if it has no order */
    size_t capacity, first, count;
    size_t fast_limit; /* with fewer items in the ring, put appends without a check */
    size_t maxsize;    /* 0: no limit */
    size_t unfinished; /* items put and not yet counted by co_queue_task_done() */
    size_t ordered;    /* the number of items if it has an order */
    const struct co_queue_order *order;                 /* NULL: first in, first out */
    int (*compare)(const void *one, const void *other); /* for the order */
    bool is_shut_down;
    struct co_list joiners; /* struct co_waiter, longest wait first */
    struct co_list getters;
    struct co_list putters;
    uint64_t bound, joiners_bound;           /* the serial of its loop; 0: none yet */
    const struct co_future_class *get_class; /* of waiters for an item */
} co_queue;

/* Queue(maxsize): make it, empty, for at most `maxsize` items; 0: any number. Memory
 * for the items is allocated as they come.
 */
void co_queue_init(co_queue *queue, size_t maxsize);

/* LifoQueue: the same, but the newest item is taken first. */
void co_queue_init_lifo(co_queue *queue, size_t maxsize);

/* PriorityQueue: the same, but the smallest item is taken first, by a comparison of
 * items as of qsort(): negative if the first is smaller. It must not suspend. The order
 * of equal items is that of Python's heapq, not that of their age.
 */
void co_queue_init_priority(co_queue *queue, size_t maxsize,
                            int (*compare)(const void *one, const void *other));

/* Free the queue's memory; the items belong to the caller. If a task still waits for
 * the queue, or was woken and has not run since, end the program with a sentence that
 * names both. A second call does nothing.
 */
void co_queue_finish(co_queue *queue);

/* Suspend while it is full, then append an item and wake the getter that waits longest;
 * at once if there is room. The getter takes the item in its next turn, and another
 * task may take it before that, as in asyncio. UV_ECANCELED: interrupted, and the item
 * is not in the queue. CO_ESHUTDOWN: it is shut down; the item is not in the queue
 * either. CO_ERUNTIME: it belongs to another loop, as a lock may.
 */
co_checked int co_queue_put(co_queue *queue, void *item);

/* Suspend while it is empty, then take the oldest item and wake the putter that waits
 * longest. UV_ECANCELED: interrupted, nothing is taken, *ret_item is untouched.
 * CO_ESHUTDOWN: it is empty and shut down. CO_ERUNTIME: as above.
 */
co_checked int co_queue_get(co_queue *queue, void **ret_item);

/* The same, but they never suspend: CO_EFULL, CO_EEMPTY, or CO_ESHUTDOWN. They work
 * outside of a run, too, so that a queue can be filled before it.
 */
int co_queue_put_nowait(co_queue *queue, void *item);
int co_queue_get_nowait(co_queue *queue, void **ret_item);

/* Count an item that was taken as finished; the last one wakes co_queue_join().
 * CO_EVALUE: called more often than items were put. Works outside of a run.
 */
int co_queue_task_done(co_queue *queue);

/* Suspend until co_queue_task_done() was called for every item put. UV_ECANCELED:
 * interrupted. CO_ERUNTIME: as above.
 */
co_checked int co_queue_join(co_queue *queue);

/* shutdown(): from now on every put, and every get from the empty queue, fails with
 * CO_ESHUTDOWN, also those that wait already. `immediate`: the queue is emptied, and
 * its items count as finished; the queue does not return them, so the caller needs
 * other pointers to free them. CPython has it from 3.13 on. Does not suspend.
 */
void co_queue_shutdown(co_queue *queue, bool immediate);

/* qsize(), empty(), full(), maxsize. */
size_t co_queue_size(const co_queue *queue);
bool co_queue_empty(const co_queue *queue);
bool co_queue_full(const co_queue *queue);
size_t co_queue_maxsize(const co_queue *queue);

#endif
