#include "tests/support/alloc_count.h"

#include "engine/system/context.h"

#ifdef CO_ASAN

#include <sanitizer/allocator_interface.h>
#include <stdatomic.h>
#include <stddef.h>

static atomic_long in_use;

static void on_malloc(const volatile void *, size_t) { in_use++; }

static void on_free(const volatile void *) { in_use--; }

long blocks_in_use(void)
{
    static int installed;

    if (!installed)
        installed = __sanitizer_install_malloc_and_free_hooks(on_malloc, on_free);
    return installed ? in_use : -1;
}

bool blocks_fail(unsigned) { return false; }

#else

#include <dlfcn.h>

long blocks_in_use(void)
{
    long (*in_use)(void);

    *(void **)&in_use = dlsym(RTLD_DEFAULT, "failing_in_use");
    return in_use ? in_use() : -1;
}

bool blocks_fail(unsigned nth)
{
    bool (*fail_at)(unsigned);

    *(void **)&fail_at = dlsym(RTLD_DEFAULT, "failing_at");
    return fail_at && fail_at(nth);
}

#endif
