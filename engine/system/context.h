/* context.h — switch from one stack to another.
 *
 * A context is the place where a stack was left. A switch saves the registers that the
 * calling convention makes a function preserve, and nothing else. If a sanitizer is
 * built in, each switch is announced to it. (Private to the engine.)
 */
#ifndef CO_CONTEXT_H
#define CO_CONTEXT_H

#include <stddef.h>
#include <stdint.h>

#if defined(__SANITIZE_ADDRESS__)
#define CO_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define CO_ASAN 1
#endif
#endif

#if defined(__SANITIZE_THREAD__)
#define CO_TSAN 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define CO_TSAN 1
#endif
#endif

/* Switch by assembly if there is some for the processor; by ucontext elsewhere, or if
 * CO_CONTEXT_UCONTEXT is defined.
 */
#if !defined(__x86_64__) && !defined(__aarch64__)
#undef CO_CONTEXT_UCONTEXT
#define CO_CONTEXT_UCONTEXT
#endif

struct co_context {
    void *sp; /* where the registers were saved */
#if defined(CO_ASAN)
    const void *low;
    size_t size;
#elif defined(CO_TSAN)
    void *fiber;
#endif
};

/* Prepare `context` so that the first switch to it calls entry(argument) on the
 * stack of `size` bytes from `low` up. `entry` must not return.
 */
void co_context_make(struct co_context *context, void *low, size_t size,
                     void (*entry)(void *), void *argument);

/* No code runs on this stack any more: forget what the sanitizer noted there. */
void co_context_vacate(void *low, size_t size);

/* Describe the stack of the running code. */
void co_context_adopt(struct co_context *context);

/* Forget a context that does not run and will not be switched to again, or one that is
 * all zero.
 */
void co_context_forget(struct co_context *context);

/* The switch itself: save this context in *ret_sp, and go on in the one saved at `sp`,
 * where the call that left it returns `value`.
 */
int co_context_jump(void **ret_sp, void *sp, int value);

/* Call fn(argument) with the stack aligned so that a switch from there touches the
 * fewest cache lines. With very many tasks, cache misses dominate the cost of a switch.
 */
#if defined(__x86_64__) && !defined(CO_CONTEXT_UCONTEXT)
int co_context_call(int (*fn)(void *), void *argument);
#else
static inline int co_context_call(int (*fn)(void *), void *argument)
{
    return fn(argument);
}
#endif

#if defined(CO_ASAN) || defined(CO_TSAN)

int co_context_switch(struct co_context *from, struct co_context *to, int value);

/* The same for the last time: `from` will never be switched to again. */
void co_context_leave(struct co_context *from, struct co_context *to, int value);

#else

/* Inline, with the jump as a tail call, so that a switch resumes the coroutine directly
 * in its own code. A return through this function would be mispredicted each time.
 */
static inline int co_context_switch(struct co_context *from, struct co_context *to,
                                    int value)
{
    return co_context_jump(&from->sp, to->sp, value);
}

static inline void co_context_leave(struct co_context *from, struct co_context *to,
                                    int value)
{
    co_context_jump(&from->sp, to->sp, value);
}

#endif

#endif
