/* context.h — from one stack to another.
 *
 * A context is where a stack was left. Switching saves what the platform's calling
 * convention obliges a function to preserve, and nothing else; everything is told
 * to the sanitizers, where one is built in. (Private to the engine.)
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

/* Assembly where there is some for the processor; elsewhere, or if it is defined for
 * the compiler, ucontext.
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

/* Nobody stands on this stack any more: what the sanitizer noted there is void. */
void co_context_vacate(void *low, size_t size);

/* Describe the stack that is running already. */
void co_context_adopt(struct co_context *context);

/* Forget a context that will not be switched to again, and is not running; or one
 * that is all zero.
 */
void co_context_forget(struct co_context *context);

/* The switch itself: save here in *ret_sp, go on at `sp`, where the call that left
 * it returns `value`. In assembly, or over ucontext.
 */
int co_context_jump(void **ret_sp, void *sp, int value);

/* Call fn(argument) with the stack so aligned that a switch from there touches as few
 * lines of the cache as can be: with very many tasks, which all miss the cache, that
 * is what a switch costs.
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

/* The same, for the last time: `from` will not be come back to. */
void co_context_leave(struct co_context *from, struct co_context *to, int value);

#else

/* Inline, and the jump a tail call, so that a coroutine is resumed by one jump
 * right into its own code: a return would be mispredicted every time.
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
