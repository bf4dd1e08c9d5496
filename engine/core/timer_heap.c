#include "engine/core/timer_heap.h"

#include <stdlib.h>

#include "engine/system/memory.h"

enum { CHILDREN = 4 };

static bool before(const struct co_timer_heap_entry *a,
                   const struct co_timer_heap_entry *b)
{
    return a->deadline_ns != b->deadline_ns ? a->deadline_ns < b->deadline_ns
                                            : a->order < b->order;
}

static void place(struct co_timer_heap *heap, size_t i,
                  struct co_timer_heap_entry entry)
{
    heap->entries[i] = entry;
    heap->timers[entry.id].place = (uint32_t)i;
}

static void rise(struct co_timer_heap *heap, size_t i, struct co_timer_heap_entry entry)
{
    while (i > 0) {
        size_t parent = (i - 1) / CHILDREN;
        if (!before(&entry, &heap->entries[parent]))
            break;
        place(heap, i, heap->entries[parent]);
        i = parent;
    }
    place(heap, i, entry);
}

static void sink(struct co_timer_heap *heap, size_t i, struct co_timer_heap_entry entry)
{
    for (;;) {
        size_t first = i * CHILDREN + 1, least = first;
        size_t end = first + CHILDREN < heap->count ? first + CHILDREN : heap->count;

        if (first >= heap->count)
            break;
        for (size_t child = first + 1; child < end; child++)
            if (before(&heap->entries[child], &heap->entries[least]))
                least = child;
        if (!before(&heap->entries[least], &entry))
            break;
        place(heap, i, heap->entries[least]);
        i = least;
    }
    place(heap, i, entry);
}

static uint32_t take_id(struct co_timer_heap *heap)
{
    uint32_t id = heap->free_id;

    if (!id)
        return ++heap->ids;
    heap->free_id = heap->timers[id].place;
    return id;
}

static void give_id(struct co_timer_heap *heap, uint32_t id)
{
    heap->timers[id].place = heap->free_id;
    heap->free_id = id;
}

static void grow(struct co_timer_heap *heap)
{
    heap->capacity = heap->capacity ? 2 * heap->capacity : 16;
    heap->entries = co_realloc(heap->entries, heap->capacity * sizeof(*heap->entries));
    /* Ids begin at 1, and there are never more than there were timers at once. */
    heap->timers =
        co_realloc(heap->timers, (heap->capacity + 1) * sizeof(*heap->timers));
}

void co_timer_heap_add(struct co_timer_heap *heap, co_timer *timer)
{
    if (heap->count == heap->capacity)
        grow(heap);
    timer->id = take_id(heap);
    heap->timers[timer->id].timer = timer;
    rise(heap, heap->count++,
         (struct co_timer_heap_entry){ timer->deadline_ns,
                                       co_timer_heap_next_order(heap), timer->id });
}

void co_timer_heap_remove(struct co_timer_heap *heap, co_timer *timer)
{
    size_t i = heap->timers[timer->id].place;
    struct co_timer_heap_entry last = heap->entries[--heap->count];

    give_id(heap, timer->id);
    timer->id = 0;
    if (i == heap->count)
        return;
    if (i > 0 && before(&last, &heap->entries[(i - 1) / CHILDREN]))
        rise(heap, i, last);
    else
        sink(heap, i, last);
}

void co_timer_heap_clear(struct co_timer_heap *heap)
{
    heap->count = 0;
    heap->ids = heap->free_id = 0;
}

void co_timer_heap_finish(struct co_timer_heap *heap)
{
    free(heap->entries);
    free(heap->timers);
}
