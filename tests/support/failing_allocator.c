/* failing_allocator.c — an allocator that counts what is in use, and fails when told
 * to.
 *
 * To be preloaded: so it is that of libuv and of the C library as well, where a
 * failure is as likely as in the engine. Mappings count as blocks do.
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

/* Of this thread: a process has others, whose order is not ours to say. */
static _Thread_local unsigned left;
static _Thread_local bool failed;

long failing_in_use(void);
bool failing_at(unsigned nth);

long failing_in_use(void) { return in_use; }

bool failing_at(unsigned nth)
{
    bool had_failed = failed;

    left = nth;
    failed = false;
    return had_failed;
}

static bool must_fail(void)
{
    if (left == 0 || --left > 0)
        return false;
    failed = true;
    errno = ENOMEM;
    return true;
}

/* Looking for the real ones may allocate: that comes out of here and stays. */
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

static bool ready(void)
{
    static bool looking;

    if (real.munmap)
        return true;
    if (looking)
        return false;
    looking = true;
#define LOOK(name) *(void **)&real.name = dlsym(RTLD_NEXT, #name)
    LOOK(malloc);
    LOOK(calloc);
    LOOK(realloc);
    LOOK(aligned_alloc);
    LOOK(posix_memalign);
    LOOK(free);
    LOOK(mmap);
    LOOK(munmap);
#undef LOOK
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
    if (!ready())
        return take_early(size);
    return must_fail() ? NULL : counted(real.malloc(size));
}

void *calloc(size_t count, size_t size)
{
    if (!ready())
        return take_early(count * size);
    return must_fail() ? NULL : counted(real.calloc(count, size));
}

/* libuv aborts by itself where one of its tables cannot grow; there is nothing that
 * we could do better.
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
    ready();
    if (must_fail() && !is_called_by_libuv(caller))
        return NULL;
    void *moved = real.realloc(block, size);
    return block ? moved : counted(moved);
}

void *aligned_alloc(size_t alignment, size_t size)
{
    ready();
    return must_fail() ? NULL : counted(real.aligned_alloc(alignment, size));
}

int posix_memalign(void **ret_block, size_t alignment, size_t size)
{
    ready();
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
    ready();
    if (must_fail())
        return MAP_FAILED;
    void *mapping = real.mmap(low, size, access, flags, file, offset);
    if (mapping != MAP_FAILED)
        in_use++;
    return mapping;
}

int munmap(void *low, size_t size)
{
    ready();
    in_use--;
    return real.munmap(low, size);
}
