/* core/timer_heap.c: the soonest timer comes first, equal ones in the order they were
 * set, also after removals.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <stdlib.h>

#include "engine/core/timer_heap.h"

enum { MANY = 5000 };

static uint32_t next_number(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

static co_timer *pop(struct co_timer_heap *heap)
{
    co_timer *first = co_timer_heap_first(heap);

    co_timer_heap_remove(heap, first);
    return first;
}

Test(timer_heap, returns_the_soonest_first_and_equal_ones_in_order)
{
    struct co_timer_heap heap = {};
    co_timer *timers = calloc(MANY, sizeof(*timers));
    uint32_t state = 1;

    for (int i = 0; i < MANY; i++) {
        timers[i].deadline_ns = next_number(&state) % 100;
        co_timer_heap_add(&heap, &timers[i]);
    }
    co_timer *before = pop(&heap);
    for (int i = 1; i < MANY; i++) {
        co_timer *timer = pop(&heap);
        cr_assert(before->deadline_ns < timer->deadline_ns ||
                  (before->deadline_ns == timer->deadline_ns && before < timer));
        before = timer;
    }
    cr_assert(zero(sz, heap.count));
    co_timer_heap_finish(&heap);
    free(timers);
}

Test(timer_heap, lets_any_timer_be_removed)
{
    struct co_timer_heap heap = {};
    co_timer *timers = calloc(MANY, sizeof(*timers));
    uint32_t state = 2;
    int left = MANY;

    for (int i = 0; i < MANY; i++) {
        timers[i].deadline_ns = next_number(&state);
        co_timer_heap_add(&heap, &timers[i]);
    }
    for (int i = 0; i < MANY; i += 3, left--)
        co_timer_heap_remove(&heap, &timers[i]);
    for (int i = 0; i < MANY; i++)
        cr_assert(eq(int, timers[i].id == 0, i % 3 == 0));

    int64_t before = INT64_MIN;
    for (; left > 0; left--) {
        co_timer *timer = pop(&heap);
        cr_assert(timer->deadline_ns >= before);
        cr_assert(ne(long, (timer - timers) % 3, 0));
        before = timer->deadline_ns;
    }
    cr_assert(zero(sz, heap.count));
    co_timer_heap_finish(&heap);
    free(timers);
}
