#include "tests/support/alloc_count.h"

#include "engine/system/context.h"

#ifdef CO_ASAN

#include <sanitizer/allocator_interface.h>
#include <stdatomic.h>
#include <stddef.h>

static atomic_long in_use;

static void on_malloc(const volatile void *, size_t) { in_use++; }

static void on_free(const volatile void *) { in_use--; }

long alloc_count(void)
{
    static int installed;

    if (!installed)
        installed = __sanitizer_install_malloc_and_free_hooks(on_malloc, on_free);
    return installed ? in_use : -1;
}

bool alloc_fail_at(unsigned) { return false; }

#else

#include <dlfcn.h>

/* The functions of failing_allocator.c are there only if it is preloaded. */

long alloc_count(void)
{
    long (*count)(void);

    *(void **)&count = dlsym(RTLD_DEFAULT, "failing_allocator_count");
    return count ? count() : -1;
}

bool alloc_fail_at(unsigned nth)
{
    bool (*fail_at)(unsigned);

    *(void **)&fail_at = dlsym(RTLD_DEFAULT, "failing_allocator_fail_at");
    return fail_at && fail_at(nth);
}

#endif
