/* system/memory.c: a slab aligns its records, packs them and reuses freed ones. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <stdint.h>
#include <string.h>

#include "engine/system/memory.h"

Test(memory, aligns_its_records_to_cache_lines)
{
    struct co_slab slab;
    char *records[3000];

    co_slab_init(&slab, 100);
    for (int i = 0; i < 3000; i++) {
        records[i] = co_slab_take(&slab);
        cr_assert(zero(sz, (uintptr_t)records[i] % 64));
        memset(records[i], i & 0xff, 100);
    }
    for (int i = 0; i < 3000; i++)
        cr_assert(records[i][0] == (char)i && records[i][99] == (char)i);
    co_slab_finish(&slab);
}

Test(memory, packs_records_taken_one_after_another)
{
    struct co_slab slab;

    co_slab_init(&slab, 256);
    char *first = co_slab_take(&slab);
    for (int i = 1; i < 16; i++)
        cr_assert(co_slab_take(&slab) == (void *)(first + 256 * i));
    co_slab_finish(&slab);
}

Test(memory, reuses_the_record_freed_last)
{
    struct co_slab slab;

    co_slab_init(&slab, 64);
    void *a = co_slab_take(&slab), *b = co_slab_take(&slab);
    co_slab_give(&slab, a);
    co_slab_give(&slab, b);
    cr_assert(co_slab_take(&slab) == b);
    cr_assert(co_slab_take(&slab) == a);
    co_slab_finish(&slab);
}
