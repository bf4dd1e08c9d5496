#include "engine/core/proxy.h"

#include <stdlib.h>

#include "engine/core/emit.h"

/* ---- whose memory -------------------------------------------------------- */

static bool lies_in_nested(struct co_nested *nested, const void *place)
{
    return (nested->stack && co_lies_in(place, nested->stack, nested->stacks->size)) ||
           co_lies_in(place, nested->frame, nested->frame_size);
}

bool co_lies_in_task(struct co_task_impl *task, const void *place)
{
    if (task->nested && lies_in_nested(task->nested, place))
        return task->nested->has_proxies = true;
    if (!co_lies_in(place, task->stack, task->stacks->size) &&
        !co_lies_in(place, task->frame, co_task_frame_size(task)))
        return false;
    task->has_proxies = true;
    return true;
}

/* ---- the life of a proxy ------------------------------------------------- */

struct co_proxy *co_proxy_new(struct co_loop *loop, co_callback *original,
                              bool of_future)
{
    struct co_proxy *proxy = co_alloc(sizeof(*proxy));

    *proxy = (struct co_proxy){ .timer.callback.run = co_proxy_run,
                                .original = original,
                                .of_future = of_future };
    co_list_append(&loop->proxies, &proxy->all);
    original->link = (struct co_list){ .next = &proxy->all };
    return proxy;
}

static void free_proxy(struct co_proxy *proxy)
{
    co_list_remove(&proxy->all);
    free(proxy);
}

void co_proxy_run(co_callback *callback)
{
    co_callback *original = co_proxy_original(callback);

    free_proxy(co_container_of(callback, struct co_proxy, timer.callback));
    if (!original)
        return;
    co_list_init(&original->link);
    original->run(original);
}

/* One that was added to a future is not removed, since the future may be in the memory
 * that ends: it does nothing when it runs.
 */
static void take_back(struct co_proxy *proxy)
{
    proxy->original = NULL;
    if (proxy->of_future)
        return;
    co_timer_cancel(&proxy->timer);
    free_proxy(proxy);
}

/* asyncio would run them later, so debug mode reports them. */
static void report(struct co_loop *loop)
{
    co_emit(loop, &(co_trace_event){
                      .kind = CO_NOTE,
                      .task = co_task_or_null(loop->current),
                      .what = "taken-back",
                      .text = "A callback never runs: it lies in the memory of a task "
                              "that has ended",
                  });
}

void co_proxies_forget(struct co_loop *loop, const void *memory, size_t size)
{
    bool taken = false;

    co_list_each(link, &loop->proxies) {
        struct co_proxy *proxy = co_container_of(link, struct co_proxy, all);
        if (!proxy->original || !co_lies_in(proxy->original, memory, size))
            continue;
        take_back(proxy);
        taken = true;
    }
    if (taken && loop->debug && co_is_observed(loop))
        report(loop);
}

void co_proxies_forget_stack(struct co_loop *loop, struct co_task_impl *task)
{
    co_proxies_forget(loop, task->stack, task->stacks->size);
}

void co_proxies_forget_frame(struct co_loop *loop, struct co_task_impl *task)
{
    co_proxies_forget(loop, task->frame, co_task_frame_size(task));
}

void co_proxy_cancel(struct co_proxy *proxy)
{
    proxy->original->link = (struct co_list){};
    co_timer_cancel(&proxy->timer);
    free_proxy(proxy);
}

void co_proxies_finish(struct co_loop *loop)
{
    co_list_each(link, &loop->proxies)
        free_proxy(co_container_of(link, struct co_proxy, all));
}
