/* callback.c — schedule callbacks and timers, and cancel them. */
#include <math.h>

#include "engine/core/loop_switch.h"
#include "engine/core/proxy.h"

int co_schedule(co_callback *callback)
{
    struct co_loop *loop = co_loop_now;

    if (loop->closed)
        return co_loop_is_closed();
    /* Callbacks that other threads have queued already run first. */
    co_inbox_take(loop);
    callback->contextvars = co_contextvars_keep(co_contextvars_here(loop));
    co_ready(loop, callback);
    return 0;
}

int co_call_soon(co_callback *callback)
{
    if (!co_loop_now && co_thread_loop)
        return co_inbox_call_soon(co_thread_loop, callback);
    struct co_loop *loop = co_loop_here(__func__);

    return co_schedule(loop->closed ? callback
                                    : co_proxy_or_self(loop, callback, false));
}

int co_time_too_far(double seconds)
{
    return co_raise(CO_EVALUE, "%g s: too far, the clock ends at %.0f s", seconds,
                    floor((double)INT64_MAX / 1e9));
}

int co_set_timer(co_timer *timer, int64_t deadline_ns)
{
    struct co_loop *loop = co_loop_now;

    if (!loop)
        return co_inbox_call_at(co_thread_loop, timer, deadline_ns);
    if (loop->closed)
        return co_loop_is_closed();
    timer->deadline_ns = deadline_ns;
    timer->callback.link = (struct co_list){};
    if (deadline_ns == CO_TIME_NEVER) {
        timer->id = 0;
        timer->callback.contextvars = NULL;
        return 0;
    }
    timer->callback.contextvars = co_contextvars_keep(co_contextvars_here(loop));
    co_timer_heap_add(&loop->timers, timer);
    return 0;
}

/* Set a timer of the program. It may lie in the memory of a task, so the heap may get a
 * proxy in its place.
 */
static int set_program_timer(co_timer *timer, int64_t deadline_ns)
{
    struct co_loop *loop = co_loop_now;

    timer->id = 0;
    return co_set_timer(loop && !loop->closed && deadline_ns != CO_TIME_NEVER
                            ? co_proxy_timer_or_self(loop, timer)
                            : timer,
                        deadline_ns);
}

int co_call_later(co_timer *timer, double seconds)
{
    int64_t deadline_ns;

    if (!co_time_after(co_time_here(__func__), seconds, &deadline_ns))
        return co_time_too_far(seconds);
    return set_program_timer(timer, deadline_ns);
}

int co_call_at(co_timer *timer, double when)
{
    int64_t deadline_ns;

    if (!co_loop_of_thread())
        co_no_loop(__func__);
    if (!co_time_at(when, &deadline_ns))
        return co_time_too_far(when);
    return set_program_timer(timer, deadline_ns);
}

static void drop_contextvars(co_callback *callback)
{
    co_contextvars_drop(callback->contextvars);
    callback->contextvars = NULL;
}

void co_callback_cancel(co_callback *callback)
{
    struct co_loop *loop = co_loop_now;

    if (!loop && co_thread_loop) {
        co_inbox_cancel(co_thread_loop, callback);
        return;
    }
    if (loop)
        co_inbox_take(loop);
    struct co_proxy *proxy = co_proxy_of(callback);
    if (proxy) {
        co_proxy_cancel(proxy);
        return;
    }
    if (!callback->link.next || co_list_empty(&callback->link))
        return;
    bool was_ready = callback->link.next == &loop->ready;
    co_list_remove(&callback->link);
    drop_contextvars(callback);
    /* asyncio leaves a cancelled callback in the ready queue and skips it there. That
     * costs an iteration, even if no other callback is ready.
     */
    if (was_ready && co_list_empty(&loop->ready))
        loop->skipped_callback = true;
}

/* The heap of the current loop or of an idle one that holds this timer; NULL: none
 * does.
 */
static struct co_timer_heap *heap_with(struct co_loop *loop, const co_timer *timer)
{
    return co_timer_heap_has(&loop->timers, timer) ? &loop->timers
           : timer->id                             ? co_idle_timers_with(loop, timer)
                                                   : NULL;
}

void co_timer_cancel(co_timer *timer)
{
    struct co_loop *loop = co_loop_now;

    if (loop)
        co_inbox_take(loop);
    struct co_timer_heap *timers = loop ? heap_with(loop, timer) : NULL;
    if (!timers) {
        co_callback_cancel(&timer->callback);
        return;
    }
    co_timer_heap_remove(timers, timer);
    drop_contextvars(&timer->callback);
}
