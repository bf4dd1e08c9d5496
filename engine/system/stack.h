/* stack.h — stacks for tasks: carved from large mappings, a guard below each.
 *
 * A slot is one guard page and, above it, the stack. Freed slots are reused, the last
 * one first, since its top page is probably still in the cache.
 * (Private to the engine.)
 */
#ifndef CO_STACK_H
#define CO_STACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct co_stacks {
    size_t size;  /* of a slot: guard and stack */
    size_t page;  /* of the guard */
    bool measure; /* fill new stacks, to measure later how much was used */
    bool on_valgrind;
    char **free; /* slots not in use, the last one first */
    size_t free_count, free_room;
    char *fresh;       /* slots never used, up to fresh_end; */
    char *guarded_end; /* these have a guard already */
    char *fresh_end;
    size_t carved; /* slots that were ever used */
    size_t next;   /* slots the next mapping will have */
    struct mapping {
        char *low;
        size_t size;
    } * mappings;
    size_t mapping_count;
    struct iovec *pages; /* of the current batch; NULL: no batch yet */
    unsigned *announced; /* the ids that valgrind gave to the stacks */
    size_t announced_count;
    struct co_stacks *other; /* a pool of another size, or NULL */
};

/* Make a pool of stacks of `usable` bytes, rounded up to pages; see co_stack_usable().
 */
void co_stacks_init(struct co_stacks *stacks, size_t usable, bool measure);
void co_stacks_finish(struct co_stacks *stacks);

/* The size of a slot for `usable` bytes: an odd number of pages, guard included. */
size_t co_stack_slot_size(size_t usable);

/* For the inline functions below. Carve: return a slot never used before, that is, its
 * lowest address, with a guard there. Prepare: fill it if the pool measures, and
 * describe it to valgrind. Make room: enlarge the list of free slots.
 */
char *co_stack_carve(struct co_stacks *stacks);
void co_stack_prepare(struct co_stacks *stacks, char *slot);
void co_stack_make_room(struct co_stacks *stacks);

static inline char *co_stack_take(struct co_stacks *stacks)
{
    char *slot = stacks->free_count ? stacks->free[--stacks->free_count]
                                    : co_stack_carve(stacks);

    if (stacks->measure || stacks->on_valgrind)
        co_stack_prepare(stacks, slot);
    return slot;
}

static inline void co_stack_give(struct co_stacks *stacks, char *slot)
{
    if (stacks->free_count == stacks->free_room)
        co_stack_make_room(stacks);
    stacks->free[stacks->free_count++] = slot;
}

/* The part of a slot that a task may use. The tops are coloured: their offset from the
 * end of the slot differs from slot to slot, so that they do not all compete for the
 * same cache sets.
 */
enum { CO_STACK_COLOURS = 16, CO_STACK_LINE = 64 };

static inline char *co_stack_low(const struct co_stacks *stacks, char *slot)
{
    return slot + stacks->page;
}

static inline size_t co_stack_usable(const struct co_stacks *stacks, const char *slot)
{
    /* A slot has an odd number of pages, so successive slots take all colours. */
    size_t colour = (uintptr_t)slot / 4096 % CO_STACK_COLOURS;

    return stacks->size - stacks->page - colour * CO_STACK_LINE;
}

/* The most bytes of the stack in use so far, in a pool that measures. */
size_t co_stack_high_water(const struct co_stacks *stacks, char *slot);

/* True if `address` is in the guard of `slot`. */
bool co_stack_guards(const struct co_stacks *stacks, const char *slot,
                     const void *address);

#endif
