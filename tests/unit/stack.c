/* system/stack.c: stacks are guarded, coloured, pooled and measured. An overflow is in
 * overflow.c.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "engine/co.h"
#include "engine/system/stack.h"
#include "tests/support/expect.h"

enum { KIB = 1024, USABLE = 64 * KIB };

static sigjmp_buf after_fault;

static void on_fault(int) { siglongjmp(after_fault, 1); }

static bool faults(volatile char *address)
{
    struct sigaction action = { .sa_handler = on_fault }, segv, bus;

    sigaction(SIGSEGV, &action, &segv);
    sigaction(SIGBUS, &action, &bus);
    bool fault = sigsetjmp(after_fault, 1) != 0;
    if (!fault)
        *address = 1;
    sigaction(SIGSEGV, &segv, NULL);
    sigaction(SIGBUS, &bus, NULL);
    return fault;
}

Test(stack, has_a_guard_below_it_and_can_be_used_to_the_last_byte)
{
    struct co_stacks stacks;

    co_stacks_init(&stacks, USABLE, false);
    for (int i = 0; i < 100; i++) {
        char *slot = co_stack_take(&stacks);
        char *low = co_stack_low(&stacks, slot);
        cr_assert(faults(slot) && faults(low - 1));
        cr_assert(not(faults(low) || faults(low + co_stack_usable(&stacks, slot) - 1)));
        cr_assert(co_stack_guards(&stacks, slot, low - 1));
        cr_assert(not(co_stack_guards(&stacks, slot, low)));
    }
    co_stacks_finish(&stacks);
}

Test(stack, is_guarded_in_large_pools_as_in_small_ones)
{
    enum { STACKS = 3000 };
    struct co_stacks stacks;
    int file = open("/dev/zero", O_RDONLY);

    co_stacks_init(&stacks, USABLE, false);
    for (int i = 0; i < STACKS; i++) {
        char *slot = co_stack_take(&stacks);
        char *low = co_stack_low(&stacks, slot);
        /* The kernel meets a guard as EFAULT, which is quicker than a signal. */
        cr_assert(eq(int, (int)read(file, slot, 1), -1));
        cr_assert(eq(int, (int)read(file, low - 1, 1), -1));
        cr_assert(eq(int, (int)read(file, low, 1), 1));
        cr_assert(
            eq(int, (int)read(file, low + co_stack_usable(&stacks, slot) - 1, 1), 1));
    }
    close(file);
    co_stacks_finish(&stacks);
}

/* Pages of the pool's mappings that are in memory. */
static size_t resident(const struct co_stacks *stacks)
{
    size_t count = 0;

    for (size_t i = 0; i < stacks->mapping_count; i++) {
        size_t pages = stacks->mappings[i].size / stacks->page;
        unsigned char *in = malloc(pages);
        cr_assert(zero(int, mincore(stacks->mappings[i].low, stacks->mappings[i].size,
                                    (void *)in)));
        for (size_t page = 0; page < pages; page++)
            count += in[page] & 1;
        free(in);
    }
    return count;
}

Test(stack, of_a_small_program_takes_no_page_before_it_is_used)
{
    struct co_stacks stacks;

    co_stacks_init(&stacks, USABLE, false);
    for (int i = 0; i < 3; i++)
        co_stack_take(&stacks);
    cr_assert(zero(sz, resident(&stacks)));
    co_stacks_finish(&stacks);
}

Test(stack, of_a_large_program_is_prepared_in_batches_that_follow_its_size)
{
    struct co_stacks stacks;

    co_stacks_init(&stacks, USABLE, false);
    for (int i = 0; i < 1000; i++)
        co_stack_take(&stacks);
    /* One page a stack at most, and not many more than are in use. */
    cr_assert(le(sz, resident(&stacks), 1250));
    co_stacks_finish(&stacks);
}

Test(stack, freed_last_is_used_first)
{
    struct co_stacks stacks;

    co_stacks_init(&stacks, USABLE, false);
    char *a = co_stack_take(&stacks), *b = co_stack_take(&stacks);
    co_stack_give(&stacks, b);
    co_stack_give(&stacks, a);
    cr_assert(co_stack_take(&stacks) == a);
    cr_assert(co_stack_take(&stacks) == b);
    co_stacks_finish(&stacks);
}

Test(stack, tops_have_sixteen_cache_colours)
{
    struct co_stacks stacks;
    unsigned seen = 0;

    co_stacks_init(&stacks, USABLE - 4 * KIB, false);
    for (int i = 0; i < 32; i++) {
        char *slot = co_stack_take(&stacks);
        char *top = co_stack_low(&stacks, slot) + co_stack_usable(&stacks, slot);
        seen |= 1u << ((uintptr_t)(slot + stacks.size - top) / 64);
    }
    cr_assert(eq(uint, seen, 0xffff));
    co_stacks_finish(&stacks);
}

/* ---- in a program -------------------------------------------------------- */

struct deep {
    int kib;
};

static int deep(void *frame)
{
    const struct deep *self = frame;
    char room[KIB];

    memset(room, self->kib, sizeof(room));
    __asm__ volatile("" : : "r"(room) : "memory"); /* so that the compiler keeps it */
    int r = self->kib > 1 ? attempt(co_call(deep, self->kib - 1)) : 0;
    return r + (room[0] == room[KIB - 1] ? 0 : 1);
}

struct measured {
    int kib;
    size_t used;
};

static int measured(void *frame)
{
    struct measured *self = frame;

    await(co_call(deep, self->kib));
    self->used = co_stack_used(co_self());
    return 0;
}

static int measures(void *)
{
    for (int kib = 8; kib <= 32; kib *= 2) {
        co_task *task = co_spawn(measured, kib);
        await(co_join(task));
        size_t used = co_frame(measured, task)->used;
        cr_expect(ge(sz, used, (size_t)kib * KIB));
#if !defined(__SANITIZE_ADDRESS__) && !defined(__clang__) && defined(__OPTIMIZE__)
        cr_expect(le(sz, used, (size_t)kib * (KIB + 256) + 4 * KIB));
#endif
        cr_expect(zero(sz, co_stack_used(task)));
    }
    return 0;
}

Test(stack, measures_how_much_of_it_was_used)
{
    co_options options = {
        .virtual_time = true,
        .measure_stacks = true,
        .stack_size = 256 * KIB,
    };

    cr_assert(zero(int, co_run(measures, &options)));
}

static int in_a_large_one(void *)
{
    co_spawn_options large = { .stack_size = 1024 * KIB };

    await(co_join(co_spawn_with(large, deep, 300)));
    return await(co_join(co_spawn(deep, 8)));
}

Test(stack, may_be_larger_for_one_task)
{
    cr_assert(zero(int, co_run(in_a_large_one, &(co_options){ .virtual_time = true })));
}
