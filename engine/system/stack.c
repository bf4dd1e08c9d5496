#include "engine/system/stack.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

#if defined(__linux__)
#include <sys/syscall.h>
#endif

#include "engine/system/context.h"
#include "engine/system/fatal.h"
#include "engine/system/memory.h"

#if __has_include(<valgrind/memcheck.h>)
#include <valgrind/memcheck.h>
#else
#define VALGRIND_STACK_REGISTER(low, high) 0
#define VALGRIND_STACK_DEREGISTER(id) (void)(id)
#define VALGRIND_MAKE_MEM_UNDEFINED(low, size) (void)0
#define VALGRIND_DISABLE_ERROR_REPORTING (void)0
#define VALGRIND_ENABLE_ERROR_REPORTING (void)0
#define RUNNING_ON_VALGRIND 0
#endif

/* Older headers do not have these. MADV_GUARD_INSTALL (Linux 6.13) makes a guard
 * without splitting the mapping, so the limit on mappings does not apply.
 * MADV_POPULATE_WRITE (Linux 5.14) populates pages as a write does.
 */
#ifndef MADV_GUARD_INSTALL
#define MADV_GUARD_INSTALL 102
#endif
#ifndef MADV_POPULATE_WRITE
#define MADV_POPULATE_WRITE 23
#endif
#ifndef MAP_NORESERVE
#define MAP_NORESERVE 0
#endif

enum {
    FIRST = 16,  /* slots in the first mapping: what a small program needs */
    MOST = 4096, /* slots in the largest mapping */
    SHARE = 4,   /* a batch is 1/SHARE of the stacks carved so far, */
    BATCH = 256, /* but at most this many */
    FILL = 0xA5,
};

static size_t page_size(void) { return (size_t)sysconf(_SC_PAGESIZE); }

/* An odd number of pages: see co_stack_usable(). */
size_t co_stack_slot_size(size_t usable)
{
    enum { MOST_BITS = 40 };
    size_t page = page_size();

    if (usable >> MOST_BITS)
        co_fatal("no stack can have %zu bytes; ask for less (stack_size)", usable);
    size_t pages = (usable + page - 1) / page + 1;

    return (pages | 1) * page;
}

void co_stacks_init(struct co_stacks *stacks, size_t usable, bool measure)
{
    *stacks = (struct co_stacks){
        .size = co_stack_slot_size(usable),
        .page = page_size(),
        .measure = measure,
        .on_valgrind = RUNNING_ON_VALGRIND,
        .next = FIRST,
    };
}

void co_stacks_finish(struct co_stacks *stacks)
{
    for (size_t i = 0; i < stacks->mapping_count; i++)
        munmap(stacks->mappings[i].low, stacks->mappings[i].size);
    for (size_t i = 0; i < stacks->announced_count; i++)
        VALGRIND_STACK_DEREGISTER(stacks->announced[i]);
    free(stacks->mappings);
    free(stacks->free);
    free(stacks->announced);
    free(stacks->pages);
}

static void map_more(struct co_stacks *stacks)
{
    size_t size = stacks->next * stacks->size;
    char *low = mmap(NULL, size, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

    if (low == MAP_FAILED)
        co_fatal("no memory for %zu more stacks of %zu bytes: %s; run fewer tasks, or "
                 "give them smaller stacks (co_options.stack_size)",
                 stacks->next, stacks->size, strerror(errno));
#ifdef MADV_NOHUGEPAGE
    /* A huge page would make every task cost all of its stack at once. */
    madvise(low, size, MADV_NOHUGEPAGE);
#endif
    stacks->fresh = stacks->guarded_end = low;
    stacks->fresh_end = low + size;
    stacks->mappings = co_realloc(stacks->mappings, (stacks->mapping_count + 1) *
                                                        sizeof(*stacks->mappings));
    stacks->mappings[stacks->mapping_count++] = (struct mapping){ low, size };
    if (stacks->next < MOST)
        stacks->next *= 2;
}

/* Give the kernel `advice` for one page in each of the next `count` slots, in one call;
 * the page is at `offset` in the slot. False: the kernel did not do it for all of them.
 */
static bool advise_batch(const struct co_stacks *stacks, size_t offset, size_t count,
                         int advice)
{
#if defined(SYS_process_madvise) && defined(SYS_pidfd_open)
    struct iovec *pages = stacks->pages;
    long self = syscall(SYS_pidfd_open, getpid(), 0);

    if (self < 0)
        return false;
    for (size_t i = 0; i < count; i++)
        pages[i] =
            (struct iovec){ stacks->fresh + i * stacks->size + offset, stacks->page };
    long done = syscall(SYS_process_madvise, self, pages, count, advice, 0);
    close((int)self);
    return done == (long)(count * stacks->page);
#else
    (void)stacks, (void)offset, (void)count, (void)advice;
    return false;
#endif
}

static void guard(const struct co_stacks *stacks, char *slot)
{
    /* Valgrind accepts this advice, but does not know that it makes a guard. */
    if (!stacks->on_valgrind && madvise(slot, stacks->page, MADV_GUARD_INSTALL) == 0)
        return;
    if (mprotect(slot, stacks->page, PROT_NONE) != 0)
        co_fatal("cannot guard one more stack: %s; run fewer tasks at once, or raise "
                 "the limit on mappings (sysctl vm.max_map_count)",
                 strerror(errno));
}

/* Guard the next stacks and populate their top pages. One system call for a batch costs
 * much less than one call and one page fault per stack, above all on a virtual machine.
 * The batch grows with the number of stacks carved, so that a program with few tasks
 * prepares one stack at a time and populates no page that it does not need.
 */
static void prepare_batch(struct co_stacks *stacks)
{
    size_t left = (size_t)(stacks->fresh_end - stacks->fresh) / stacks->size;
    size_t count = stacks->carved / SHARE;

    count = count < BATCH ? count : BATCH;
    count = count < left ? count : left;
    stacks->guarded_end = stacks->fresh + stacks->size;
    /* Allocated, since an array on the stack of the running task would cost a page. */
    if (count > 1 && !stacks->pages)
        stacks->pages = co_alloc(BATCH * sizeof(*stacks->pages));
    if (count <= 1 || stacks->on_valgrind ||
        !advise_batch(stacks, 0, count, MADV_GUARD_INSTALL)) {
        guard(stacks, stacks->fresh);
        return;
    }
    stacks->guarded_end = stacks->fresh + count * stacks->size;
    /* If this fails, the first use of each page populates it. */
    advise_batch(stacks, stacks->size - stacks->page, count, MADV_POPULATE_WRITE);
}

/* Register the stack with valgrind, which would take a switch to it for the allocation
 * of a huge frame.
 */
static void announce(struct co_stacks *stacks, char *slot)
{
    size_t count = stacks->announced_count++;

    stacks->announced = co_realloc(stacks->announced, (count + 1) * sizeof(unsigned));
    stacks->announced[count] =
        (unsigned)VALGRIND_STACK_REGISTER(slot + stacks->page, slot + stacks->size - 1);
}

char *co_stack_carve(struct co_stacks *stacks)
{
    if (stacks->fresh == stacks->fresh_end)
        map_more(stacks);

    if (stacks->fresh == stacks->guarded_end)
        prepare_batch(stacks);

    char *slot = stacks->fresh;
    stacks->fresh += stacks->size;
    stacks->carved++;
    if (stacks->on_valgrind)
        announce(stacks, slot);
    return slot;
}

void co_stack_prepare(struct co_stacks *stacks, char *slot)
{
    /* Valgrind marks memory below the frames of the last task as inaccessible. */
    if (stacks->on_valgrind)
        VALGRIND_MAKE_MEM_UNDEFINED(co_stack_low(stacks, slot),
                                    co_stack_usable(stacks, slot));
    if (!stacks->measure)
        return;
    co_context_vacate(co_stack_low(stacks, slot), co_stack_usable(stacks, slot));
    memset(co_stack_low(stacks, slot), FILL, co_stack_usable(stacks, slot));
}

void co_stack_make_room(struct co_stacks *stacks)
{
    stacks->free_room = stacks->free_room ? 2 * stacks->free_room : FIRST;
    stacks->free = co_realloc(stacks->free, stacks->free_room * sizeof(char *));
}

/* Reads memory below the frames in use, so the checkers are switched off. */
__attribute__((no_sanitize("address"))) size_t
co_stack_high_water(const struct co_stacks *stacks, char *slot)
{
    const unsigned char *low = (const unsigned char *)co_stack_low(stacks, slot);
    size_t usable = co_stack_usable(stacks, slot), untouched = 0;

    VALGRIND_DISABLE_ERROR_REPORTING;
    while (untouched < usable && low[untouched] == FILL)
        untouched++;
    VALGRIND_ENABLE_ERROR_REPORTING;
    return usable - untouched;
}

bool co_stack_guards(const struct co_stacks *stacks, const char *slot,
                     const void *address)
{
    return (const char *)address >= slot && (const char *)address < slot + stacks->page;
}
