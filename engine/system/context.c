#include "engine/system/context.h"

#include <stdbool.h>
#include <string.h>

#if defined(CO_ASAN)
#include <pthread.h>
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#elif defined(CO_TSAN)
#include <sanitizer/tsan_interface.h>
#endif

/* What a new stack starts with: call `entry`, which does not return. */
struct start {
    void (*entry)(void *);
    void *argument;
};

static void begin(struct start *start)
{
#if defined(CO_ASAN)
    __sanitizer_finish_switch_fiber(NULL, NULL, NULL);
#endif
    start->entry(start->argument);
    __builtin_trap();
}

#if defined(CO_CONTEXT_UCONTEXT)

#include <ucontext.h>

struct saved {
    ucontext_t context;
    int value; /* what the switch back to here returns */
    struct start start;
};

/* makecontext() passes ints, so the pointer travels in two halves. */
static void enter(unsigned high, unsigned low)
{
    begin((struct start *)(((uintptr_t)high << 16 << 16) | low));
}

static void *prepare(char *low, size_t size, struct start start)
{
    size_t room = size - sizeof(struct saved) - 64;
    struct saved *saved =
        (struct saved *)(((uintptr_t)low + room + 63) & ~(uintptr_t)63);

    memset(saved, 0, sizeof(*saved));
    saved->start = start;
    getcontext(&saved->context);
    saved->context.uc_stack.ss_sp = low;
    saved->context.uc_stack.ss_size = (size_t)((char *)saved - low);
    uintptr_t address = (uintptr_t)&saved->start;
    makecontext(&saved->context, (void (*)(void))enter, 2,
                (unsigned)(address >> 16 >> 16), (unsigned)address);
    return saved;
}

int co_context_jump(void **ret_sp, void *sp, int value)
{
    struct saved here;
    struct saved *there = sp;

    there->value = value;
    *ret_sp = &here;
    swapcontext(&here.context, &there->context);
    return here.value;
}

#else

/* In assembly: where a prepared stack begins. */
void co_context_start(void);

/* The stack as co_context_jump() would have left it, lowest address first. */
#if defined(__x86_64__)
struct saved {
    uint32_t mxcsr;
    uint16_t x87, unused;
    uint64_t r12, r13, r14, r15, rbx, rbp, rip;
};
#else
struct saved {
    uint64_t x19, x20, x21, x22, x23, x24, x25, x26, x27, x28, x29, x30;
    uint64_t d8, d9, d10, d11, d12, d13, d14, d15;
};
#endif

static void *prepare(char *low, size_t size, struct start start)
{
    uintptr_t top = ((uintptr_t)low + size) & ~(uintptr_t)15;
    struct start *kept = (struct start *)(top - sizeof(struct start));
    struct saved *saved = (struct saved *)kept - 1;

    *kept = start;
#if defined(__x86_64__)
    /* The values at the start of a process, not those of the spawning task: all
     * exceptions masked, round to nearest, full precision ("System V ABI, AMD64
     * Supplement", 3.4.1).
     */
    saved->mxcsr = 0x1f80;
    saved->x87 = 0x037f;
    saved->r12 = (uintptr_t)begin;
    saved->r13 = (uintptr_t)kept;
    saved->rip = (uintptr_t)co_context_start;
#else
    saved->x19 = (uintptr_t)begin;
    saved->x20 = (uintptr_t)kept;
    saved->x30 = (uintptr_t)co_context_start;
#endif
    return saved;
}

#endif

void co_context_vacate(void *low, size_t size)
{
#if defined(CO_ASAN)
    __asan_unpoison_memory_region(low, size);
#else
    (void)low, (void)size;
#endif
}

void co_context_make(struct co_context *context, void *low, size_t size,
                     void (*entry)(void *), void *argument)
{
#if defined(CO_ASAN)
    co_context_vacate(low, size);
    context->low = low;
    context->size = size;
#elif defined(CO_TSAN)
    context->fiber = __tsan_create_fiber(0);
#endif
    context->sp = prepare(low, size, (struct start){ entry, argument });
}

void co_context_adopt(struct co_context *context)
{
    context->sp = NULL;
#if defined(CO_ASAN)
#if defined(__APPLE__)
    context->size = pthread_get_stacksize_np(pthread_self());
    context->low = (char *)pthread_get_stackaddr_np(pthread_self()) - context->size;
#else
    pthread_attr_t attributes;
    void *low;

    pthread_getattr_np(pthread_self(), &attributes);
    pthread_attr_getstack(&attributes, &low, &context->size);
    pthread_attr_destroy(&attributes);
    context->low = low;
#endif
#elif defined(CO_TSAN)
    context->fiber = __tsan_get_current_fiber();
#endif
}

void co_context_forget(struct co_context *context)
{
#if defined(CO_TSAN)
    if (context->fiber)
        __tsan_destroy_fiber(context->fiber);
#endif
    *context = (struct co_context){};
}

#if defined(CO_ASAN) || defined(CO_TSAN)

static int announced(struct co_context *from, struct co_context *to, int value,
                     bool is_last)
{
#if defined(CO_ASAN)
    /* The sanitizer's fake stack of the stack that is left. It is saved on that stack
     * and not in the context, since another task may use the context by the time this
     * one resumes.
     */
    void *fake = NULL;

    __sanitizer_start_switch_fiber(is_last ? NULL : &fake, to->low, to->size);
#else
    (void)is_last;
    __tsan_switch_to_fiber(to->fiber, 0);
#endif
    int r = co_context_jump(&from->sp, to->sp, value);
#if defined(CO_ASAN)
    __sanitizer_finish_switch_fiber(fake, NULL, NULL);
#endif
    return r;
}

int co_context_switch(struct co_context *from, struct co_context *to, int value)
{
    return announced(from, to, value, false);
}

void co_context_leave(struct co_context *from, struct co_context *to, int value)
{
    announced(from, to, value, true);
}

#endif
