/* failing_allocator.c — an allocator that counts the blocks in use and fails on
 * request.
 *
 * It is preloaded, so libuv and the C library use it as the engine does, and their
 * allocations are counted and fail as well. A mapping counts as one block.
 */
#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

static struct {
    void *(*malloc)(size_t);
    void *(*calloc)(size_t, size_t);
    void *(*realloc)(void *, size_t);
    void *(*aligned_alloc)(size_t, size_t);
    int (*posix_memalign)(void **, size_t, size_t);
    void (*free)(void *);
    void *(*mmap)(void *, size_t, int, int, int, off_t);
    int (*munmap)(void *, size_t);
} real;

static atomic_long in_use;

/* Per thread: the order in which threads allocate is not deterministic. */
static _Thread_local unsigned countdown; /* to the one that fails; 0: none does */
static _Thread_local bool failed;

long failing_allocator_count(void);
bool failing_allocator_fail_at(unsigned nth);

long failing_allocator_count(void) { return in_use; }

bool failing_allocator_fail_at(unsigned nth)
{
    bool had_failed = failed;

    countdown = nth;
    failed = false;
    return had_failed;
}

static bool must_fail(void)
{
    if (countdown == 0 || --countdown > 0)
        return false;
    failed = true;
    errno = ENOMEM;
    return true;
}

/* dlsym() may allocate before the real functions are known. Those blocks come from this
 * array and are never reused.
 */
static char early[4096];
static size_t early_used;

static void *take_early(size_t size)
{
    void *block = early + early_used;

    early_used += (size + 15) / 16 * 16;
    return early_used <= sizeof(early) ? block : NULL;
}

static bool is_early(const void *block)
{
    return (const char *)block >= early && (const char *)block < early + sizeof(early);
}

/* Find the real functions. False while dlsym() looks for them. */
static bool find_real(void)
{
    static bool finding;

    if (real.munmap)
        return true;
    if (finding)
        return false;
    finding = true;
#define FIND(name) *(void **)&real.name = dlsym(RTLD_NEXT, #name)
    FIND(malloc);
    FIND(calloc);
    FIND(realloc);
    FIND(aligned_alloc);
    FIND(posix_memalign);
    FIND(free);
    FIND(mmap);
    FIND(munmap);
#undef FIND
    return true;
}

static void *counted(void *block)
{
    if (block)
        in_use++;
    return block;
}

void *malloc(size_t size)
{
    if (!find_real())
        return take_early(size);
    return must_fail() ? NULL : counted(real.malloc(size));
}

void *calloc(size_t count, size_t size)
{
    if (!find_real())
        return take_early(count * size);
    return must_fail() ? NULL : counted(real.calloc(count, size));
}

/* libuv aborts where one of its tables cannot grow, so such a failure tests nothing of
 * the engine.
 */
static bool is_called_by_libuv(const void *caller)
{
    Dl_info info;

    return dladdr(caller, &info) && info.dli_fname && strstr(info.dli_fname, "libuv");
}

void *realloc(void *block, size_t size)
{
    const void *caller = __builtin_return_address(0);

    if (block && size == 0) {
        free(block);
        return NULL;
    }
    find_real();
    if (must_fail() && !is_called_by_libuv(caller))
        return NULL;
    void *moved = real.realloc(block, size);
    return block ? moved : counted(moved);
}

void *aligned_alloc(size_t alignment, size_t size)
{
    find_real();
    return must_fail() ? NULL : counted(real.aligned_alloc(alignment, size));
}

int posix_memalign(void **ret_block, size_t alignment, size_t size)
{
    find_real();
    if (must_fail())
        return ENOMEM;
    int r = real.posix_memalign(ret_block, alignment, size);
    if (r == 0)
        in_use++;
    return r;
}

void free(void *block)
{
    if (!block || is_early(block))
        return;
    in_use--;
    real.free(block);
}

void *mmap(void *low, size_t size, int access, int flags, int file, off_t offset)
{
    find_real();
    if (must_fail())
        return MAP_FAILED;
    void *mapping = real.mmap(low, size, access, flags, file, offset);
    if (mapping != MAP_FAILED)
        in_use++;
    return mapping;
}

int munmap(void *low, size_t size)
{
    find_real();
    in_use--;
    return real.munmap(low, size);
}
