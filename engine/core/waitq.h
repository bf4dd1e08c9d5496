/* waitq.h — how a task waits for a lock, a queue or any other primitive.
 *
 * A primitive has a list of its waiters, longest wait first. A waiter is a future on
 * the stack of the waiting task. That task waits for it, and the task that changes the
 * primitive completes it. The woken task runs in the next iteration and checks the
 * primitive again, since a wake-up reserves nothing, as in asyncio. (Private to the
 * engine.)
 */
#ifndef CO_WAITQ_H
#define CO_WAITQ_H

#include "engine/core/loop_internal.h"

struct co_waiter {
    co_future future;
    struct co_list link; /* of the primitive's waiters */
    const void *object;  /* the primitive */
};

static inline struct co_waiter *co_waiter_of(struct co_list *link)
{
    return co_container_of(link, struct co_waiter, link);
}

/* The waiter on which this unfinished task is suspended; NULL: it waits for something
 * else, or not at all.
 */
struct co_waiter *co_waiter_of_task(const struct co_task_impl *task);

/* The object is about to end. `waiters` are its lists of waiters, `lists` their number.
 * If a task still waits for the object, end the program with a sentence that names
 * both. A task that was woken and has not run since still waits. `what` is the kind of
 * object, for the sentence.
 */
void co_waitq_finish(const char *what, const char *name, const void *object,
                     const struct co_list *const waiters[], size_t lists);

/* The same for every primitive in the stack of a task that has ended. Searches all
 * handles.
 */
co_cold void co_waitq_check_stack(const struct co_loop *loop, const char *stack,
                                  size_t size);

/* End the program with that sentence: this task "waits for" or "holds" the object. */
_Noreturn co_cold void co_waitq_fatal(const char *what, const char *name,
                                      const struct co_task_impl *task,
                                      const char *verb);

co_cold int co_bound_elsewhere(const struct co_future_class *class);

/* A primitive belongs to the loop in which a task had to wait for it first. *bound is
 * the serial of that loop; 0: none yet. CO_ERUNTIME: it belongs to another loop. Ends
 * the program if no loop runs.
 */
static inline int co_bind(uint64_t *bound, const struct co_future_class *class)
{
    const uint64_t here = co_loop_here(class->function)->serial;

    if (__builtin_expect(*bound == here, 1))
        return 0;
    if (*bound)
        return co_bound_elsewhere(class);
    *bound = here;
    return 0;
}

/* Append the running task to `waiters`, suspend it until it is woken, and take it off
 * the list. UV_ECANCELED: it was cancelled; if co_done(&waiter->future), it was woken
 * as well. CO_ERUNTIME: the primitive belongs to another loop; the task has not waited.
 */
static inline int co_waitq_wait(struct co_waiter *waiter,
                                const struct co_future_class *class, const void *object,
                                const char *name, struct co_list *waiters,
                                uint64_t *bound)
{
    co_future_prepare(&waiter->future, class, name);
    await(co_bind(bound, class));
    waiter->object = object;
    waiter->future.is_waiter = true;
    co_list_append(waiters, &waiter->link);
    int r = co_park(&waiter->future);
    co_list_remove(&waiter->link);
    return r;
}

/* Wake it: its task runs in the next iteration. */
static inline void co_waiter_wake(struct co_waiter *waiter)
{
    co_future_complete(&waiter->future, CO_HAS_RESULT, 0, NULL);
}

/* In `function`, which the program may call where no loop runs: end the program if a
 * task of another thread's loop waits.
 */
static inline void co_waitq_check_thread(const struct co_list *waiters,
                                         const char *function)
{
    if (!co_list_empty(waiters))
        co_loop_here(function);
}

/* Wake all of them, in order. */
static inline void co_waitq_wake_all(struct co_list *waiters)
{
    co_list_each(link, waiters)
        if (co_is_pending(&co_waiter_of(link)->future))
            co_waiter_wake(co_waiter_of(link));
}

#endif
