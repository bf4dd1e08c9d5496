/* proxy.h — callbacks that lie in the memory of a task. (Private to the engine.)
 *
 * A callback or timer of the program is usually a variable: of the task that queues it,
 * or of its arguments. When the task ends the variable is gone, but the queue would
 * still point at it. So the engine queues a proxy of its own in place of such a
 * callback, and takes the proxy back when the memory ends. The memory itself is not
 * touched then: others may use it already.
 *
 * A task that queues none pays nothing for this.
 */
#ifndef CO_PROXY_H
#define CO_PROXY_H

#include "engine/core/loop_internal.h"

struct co_proxy {
    co_timer timer;        /* or timer.callback alone */
    co_callback *original; /* the program's; NULL: it was taken back */
    bool of_future;        /* it was queued by co_on_done() */
    struct co_list all;    /* link: of co_loop.proxies */
};

/* What to queue: the callback itself, or a proxy if it lies in the memory of the
 * running task. Not for the engine's own, which never outlast their memory.
 */
static inline co_callback *co_proxy_or_self(struct co_loop *loop, co_callback *callback,
                                            bool of_future);
static inline co_timer *co_proxy_timer_or_self(struct co_loop *loop, co_timer *timer);

/* The original of a callback that may be a proxy; NULL: it was taken back. */
static inline co_callback *co_proxy_original(co_callback *callback);

/* Take back the proxies whose originals lie in this memory, which ends. */
void co_proxies_forget(struct co_loop *loop, const void *memory, size_t size);

/* Take back what a task has queued from its stack, or from its arguments. */
co_cold void co_proxies_forget_stack(struct co_loop *loop, struct co_task_impl *task);
co_cold void co_proxies_forget_frame(struct co_loop *loop, struct co_task_impl *task);

/* The program takes back its original. */
void co_proxy_cancel(struct co_proxy *proxy);

/* The end of the program: free all. */
void co_proxies_finish(struct co_loop *loop);

/* ---- what the inline functions above are made of -------------------------- */

co_cold struct co_proxy *co_proxy_new(struct co_loop *loop, co_callback *original,
                                      bool of_future);
void co_proxy_run(co_callback *callback);

/* Whether this callback is queued as a proxy: no list link looks like that. */
static inline struct co_proxy *co_proxy_of(const co_callback *original)
{
    return original->link.next && !original->link.prev
               ? co_container_of(original->link.next, struct co_proxy, all)
               : NULL;
}

static inline bool co_lies_in(const void *place, const void *memory, size_t size)
{
    return (uintptr_t)place - (uintptr_t)memory < size;
}

bool co_lies_in_task(struct co_task_impl *task, const void *place);

static inline co_callback *co_proxy_or_self(struct co_loop *loop, co_callback *callback,
                                            bool of_future)
{
    return loop->current && co_lies_in_task(loop->current, callback)
               ? &co_proxy_new(loop, callback, of_future)->timer.callback
               : callback;
}

static inline co_timer *co_proxy_timer_or_self(struct co_loop *loop, co_timer *timer)
{
    return loop->current && co_lies_in_task(loop->current, timer)
               ? &co_proxy_new(loop, &timer->callback, false)->timer
               : timer;
}

static inline co_callback *co_proxy_original(co_callback *callback)
{
    return callback->run == co_proxy_run
               ? co_container_of(callback, struct co_proxy, timer.callback)->original
               : callback;
}

#endif
