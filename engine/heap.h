/* heap.h — deadlines, soonest first; equal ones in the order they were set.
 *
 * A heap of four children per node in one array, so that a step down looks at one
 * cache line. Each timer knows its place, and can be taken out from anywhere.
 * (Private to the engine. D. B. Johnson, "Priority queues with update and finding
 * minimum spanning trees", 1975.)
 */
#ifndef CO_HEAP_H
#define CO_HEAP_H

#include <stddef.h>
#include <stdint.h>

#include "engine/loop.h"

struct co_heap {
    struct co_heap_entry {
        int64_t deadline_ns;
        uint64_t sequence;
        co_timer *timer;
    } * entries;
    size_t count, room;
    uint64_t sequence; /* of the next timer set */
};

/* Add a timer at timer->deadline_ns. */
void co_heap_add(struct co_heap *heap, co_timer *timer);
void co_heap_remove(struct co_heap *heap, co_timer *timer);
void co_heap_finish(struct co_heap *heap);

#endif
