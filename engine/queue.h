/* queue.h — items handed from tasks to tasks, first in, first out.
 *
 * A full queue makes the producer wait: that is backpressure. Items are pointers
 * the queue does not look at; NULL is an item like any other. It must outlive every
 * task that uses it, those too that co_run() cancels after main has ended.
 */
#ifndef CO_QUEUE_H
#define CO_QUEUE_H

#include <stddef.h>

#include "engine/future.h"
#include "engine/words.h"

typedef struct co_queue {
    const char *name; /* for traces; NULL: none */
    /* private */
    void **items; /* a ring of `room` places, a power of two */
    size_t room, first, count;
    size_t limit; /* 0: none */
    size_t unfinished;
    struct co_list joiners; /* struct co_waiter, longest wait first */
    struct co_list getters;
    struct co_list putters;
    uint64_t bound, joiners_bound;       /* to this loop; 0: to none yet */
    const struct co_future_class *class; /* what a wait for it is called */
} co_queue;

/* `limit` items at most; 0: as many as come. finish() frees what the queue holds
 * of memory, not the items; nobody may be waiting.
 */
void co_queue_init(co_queue *queue, size_t limit);
void co_queue_finish(co_queue *queue);

/* Suspend while it is full, then add an item; at once if there is room. A woken
 * getter takes it in its next turn; whoever asks before that may take it first, as
 * in asyncio. UV_ECANCELED: interrupted, and the item was not put.
 */
co_checked int co_queue_put(co_queue *queue, void *item);

/* Suspend while it is empty, then take the oldest item. UV_ECANCELED: interrupted,
 * nothing taken, *ret_item untouched.
 */
co_checked int co_queue_get(co_queue *queue, void **ret_item);

/* The same without suspending: CO_EFULL, CO_EEMPTY. */
int co_queue_put_nowait(co_queue *queue, void *item);
int co_queue_get_nowait(co_queue *queue, void **ret_item);

/* Say that an item taken has been dealt with. CO_EVALUE: more often than put. */
int co_queue_task_done(co_queue *queue);

/* Suspend until every item put has been dealt with. UV_ECANCELED: interrupted. */
co_checked int co_queue_join(co_queue *queue);

size_t co_queue_size(const co_queue *queue);
bool co_queue_empty(const co_queue *queue);
bool co_queue_full(const co_queue *queue);

#endif
