/* timer_heap.h — deadlines, soonest first; equal ones in the order they were set.
 *
 * A heap of four children per node in one array (D. B. Johnson, "Priority queues with
 * update and finding minimum spanning trees", 1975). The place of each timer in the
 * heap is kept in a table beside it and not in the timer: timers lie on the stacks of
 * the tasks that sleep, and writing there at every step would load them into the cache.
 * (Private to the engine.)
 */
#ifndef CO_TIMER_HEAP_H
#define CO_TIMER_HEAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "engine/loop.h"

struct co_timer_heap {
    struct co_timer_heap_entry {
        int64_t deadline_ns;
        uint64_t order; /* of equal deadlines, the lowest is first */
        uint32_t id;    /* the timer's; from 1 */
    } * entries;
    struct co_timer_heap_timer {
        co_timer *timer;
        uint32_t place; /* in entries; of an id not in use, the next such id, or 0 */
    } * timers;         /* by id */
    size_t count, capacity;
    uint32_t ids;     /* how many were ever in use */
    uint32_t free_id; /* the first not in use, or 0 */
    uint64_t order;   /* the last one given */
};

/* A number higher than those of all timers set until now. */
static inline uint64_t co_timer_heap_next_order(struct co_timer_heap *heap)
{
    return ++heap->order;
}

/* Add a timer at timer->deadline_ns. */
void co_timer_heap_add(struct co_timer_heap *heap, co_timer *timer);
void co_timer_heap_remove(struct co_timer_heap *heap, co_timer *timer);

/* False for a timer that was in the heap when that was cleared. */
static inline bool co_timer_heap_has(const struct co_timer_heap *heap,
                                     const co_timer *timer)
{
    return timer->id && timer->id <= heap->ids &&
           heap->timers[timer->id].timer == timer;
}

void co_timer_heap_finish(struct co_timer_heap *heap);

/* Forget all timers, without touching them. */
void co_timer_heap_clear(struct co_timer_heap *heap);

static inline co_timer *co_timer_heap_first(const struct co_timer_heap *heap)
{
    return heap->timers[heap->entries[0].id].timer;
}

#endif
