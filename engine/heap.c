#include "engine/heap.h"

#include <stdbool.h>
#include <stdlib.h>

#include "engine/memory.h"

enum { CHILDREN = 4 };

static bool before(const struct co_heap_entry *a, const struct co_heap_entry *b)
{
    return a->deadline_ns != b->deadline_ns ? a->deadline_ns < b->deadline_ns
                                            : a->sequence < b->sequence;
}

static void place(struct co_heap *heap, size_t i, struct co_heap_entry entry)
{
    heap->entries[i] = entry;
    entry.timer->slot = (uint32_t)i + 1;
}

static void rise(struct co_heap *heap, size_t i, struct co_heap_entry entry)
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

static void sink(struct co_heap *heap, size_t i, struct co_heap_entry entry)
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

void co_heap_add(struct co_heap *heap, co_timer *timer)
{
    if (heap->count == heap->room) {
        heap->room = heap->room ? 2 * heap->room : 16;
        heap->entries = co_realloc(heap->entries, heap->room * sizeof(*heap->entries));
    }
    struct co_heap_entry entry = { timer->deadline_ns, heap->sequence++, timer };
    rise(heap, heap->count++, entry);
}

void co_heap_remove(struct co_heap *heap, co_timer *timer)
{
    size_t i = timer->slot - 1;
    struct co_heap_entry last = heap->entries[--heap->count];

    timer->slot = 0;
    if (i == heap->count)
        return;
    if (i > 0 && before(&last, &heap->entries[(i - 1) / CHILDREN]))
        rise(heap, i, last);
    else
        sink(heap, i, last);
}

void co_heap_finish(struct co_heap *heap) { free(heap->entries); }
