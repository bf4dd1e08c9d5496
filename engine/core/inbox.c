#include "engine/core/inbox.h"

#include "engine/core/loop_internal.h"

void co_outside_init(struct co_outside *outside)
{
    co_list_init(&outside->callbacks);
    co_list_init(&outside->timers);
    co_list_init(&outside->remotes);
    /* Recursive, so that an observer who breaks his word and calls the engine, as tests
     * do, does not hang.
     */
    uv_mutex_init_recursive(&outside->mutex);
}

void co_outside_finish(struct co_outside *outside)
{
    uv_mutex_destroy(&outside->mutex);
}

void co_outside_lock(struct co_loop *loop) { uv_mutex_lock(&loop->outside.mutex); }

void co_outside_leave(struct co_loop *loop) { uv_mutex_unlock(&loop->outside.mutex); }

/* ---- in another thread --------------------------------------------------------- */

static void queue(struct co_loop *loop, struct co_list *list, co_callback *callback)
{
    co_list_append(list, &callback->link);
    loop->outside.knocked = true;
    co_call_attention(loop);
}

void co_outside_post(struct co_loop *loop, co_callback *callback)
{
    callback->values = NULL;
    queue(loop, &loop->outside.callbacks, callback);
    co_poll_wake(&loop->poll);
}

/* It sees the context variables of the thread, whose values the loop cannot share. */
static void queue_in_context(struct co_loop *loop, struct co_list *list,
                             co_callback *callback)
{
    callback->values = co_values_copy();
    queue(loop, list, callback);
}

void co_outside_post_in_context(struct co_loop *loop, co_callback *callback)
{
    queue_in_context(loop, &loop->outside.callbacks, callback);
    co_poll_wake(&loop->poll);
}

void co_outside_rest(struct co_loop *loop)
{
    loop->outside.under_way--;
    co_poll_wake(&loop->poll);
}

static int wrong_thread(void)
{
    return co_raise(CO_ERUNTIME, "Non-thread-safe operation invoked on an event loop "
                                 "other than the current one");
}

int co_outside_enter(struct co_loop *loop)
{
    co_outside_lock(loop);
    if (!loop->outside.closed)
        return 0;
    co_outside_leave(loop);
    /* A thread that is none of ours has nowhere to note the reason. */
    return co_get_loop() ? co_loop_is_closed() : CO_ERUNTIME;
}

int co_outside_call_soon(struct co_loop *loop, co_callback *callback)
{
    if (loop->debug)
        return wrong_thread();
    await(co_outside_enter(loop));
    queue_in_context(loop, &loop->outside.callbacks, callback);
    co_outside_leave(loop);
    return 0;
}

int co_outside_call_at(struct co_loop *loop, co_timer *timer, int64_t deadline_ns)
{
    if (loop->debug)
        return wrong_thread();
    await(co_outside_enter(loop));
    timer->deadline_ns = deadline_ns;
    timer->id = 0;
    queue_in_context(loop, &loop->outside.timers, &timer->callback);
    co_outside_leave(loop);
    return 0;
}

int co_call_soon_threadsafe(co_loop *loop, co_callback *callback)
{
    if (loop == co_loop_now)
        return co_call_soon(callback);
    await(co_outside_enter(loop));
    co_outside_post_in_context(loop, callback);
    co_outside_leave(loop);
    return 0;
}

/* ---- in the loop's own ---------------------------------------------------------- */

/* What is under way is looked at first, for whoever rests has knocked before. */
bool co_outside_active(struct co_loop *loop)
{
    return loop->outside.under_way > 0 || loop->outside.knocked ||
           co_poll_active(&loop->poll);
}

static void take_timer(struct co_loop *loop, co_timer *timer)
{
    co_list_remove(&timer->callback.link);
    timer->callback.link = (struct co_list){};
    co_values_adopt(loop, timer->callback.values);
    co_heap_add(&loop->timers, timer);
}

static void take(struct co_loop *loop)
{
    struct co_outside *outside = &loop->outside;

    outside->knocked = false;
    co_list_each(link, &outside->callbacks)
        co_values_adopt(loop, co_container_of(link, co_callback, link)->values);
    co_list_splice(&loop->next, &outside->callbacks);
    co_list_each(link, &outside->timers)
        take_timer(loop, co_container_of(link, co_timer, callback.link));
}

void co_outside_take(struct co_loop *loop)
{
    if (!loop->outside.knocked)
        return;
    co_outside_lock(loop);
    take(loop);
    co_outside_leave(loop);
}

void co_outside_close(struct co_loop *loop)
{
    co_outside_lock(loop);
    take(loop);
    loop->outside.closed = true;
    co_outside_leave(loop);
}

void co_outside_open(struct co_loop *loop)
{
    co_outside_lock(loop);
    loop->outside.closed = false;
    co_outside_leave(loop);
}
