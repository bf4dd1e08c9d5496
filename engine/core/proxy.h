/* proxy.h — callbacks that lie in the memory of a task. (Private to the engine.)
 *
 * A callback or timer of the program is usually a local variable or an argument of the
 * task that queues it. When the task ends that memory ends, but the queue would still
 * point at it. So the engine queues an allocated proxy in place of such a callback, and
 * removes the proxy when the memory ends. It does not access that memory then, which
 * may be in use again.
 */
#ifndef CO_PROXY_H
#define CO_PROXY_H

#include "engine/core/loop_internal.h"

struct co_proxy {
    co_timer timer;        /* or timer.callback alone */
    co_callback *original; /* the program's; NULL: it was taken back */
    bool of_future;        /* it was added to a future by co_on_done() */
    struct co_list all;    /* link: of co_loop.proxies */
};

/* The callback to queue: itself, or a proxy if it lies in the memory of the running
 * task. Not for callbacks of the engine, which are removed before their memory ends.
 */
static inline co_callback *co_proxy_or_self(struct co_loop *loop, co_callback *callback,
                                            bool of_future);
static inline co_timer *co_proxy_timer_or_self(struct co_loop *loop, co_timer *timer);

/* The original of a callback that may be a proxy; NULL: it was taken back. */
static inline co_callback *co_proxy_original(co_callback *callback);

/* This memory ends: remove the proxies whose originals lie in it. */
void co_proxies_forget(struct co_loop *loop, const void *memory, size_t size);

/* The same for the stack, or for the arguments, of a task. */
co_cold void co_proxies_forget_stack(struct co_loop *loop, struct co_task_impl *task);
co_cold void co_proxies_forget_frame(struct co_loop *loop, struct co_task_impl *task);

/* The program cancels the original. */
void co_proxy_cancel(struct co_proxy *proxy);

/* The end of the program: free all. */
void co_proxies_finish(struct co_loop *loop);

/* ---- what the inline functions above are made of -------------------------- */

co_cold struct co_proxy *co_proxy_new(struct co_loop *loop, co_callback *original,
                                      bool of_future);
void co_proxy_run(co_callback *callback);

/* The proxy of this callback; NULL: it has none. A callback with a proxy has the proxy
 * as `next` and no `prev`, which no link of a list has.
 */
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
