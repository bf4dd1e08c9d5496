#include "engine/core/inbox.h"

#include "engine/core/loop_internal.h"

_Thread_local struct co_loop *co_thread_loop;

void co_inbox_init(struct co_inbox *inbox)
{
    co_list_init(&inbox->callbacks);
    co_list_init(&inbox->timers);
    co_list_init(&inbox->clients);
    /* Recursive, so that an observer who breaks his word and calls the engine, as tests
     * do, does not hang.
     */
    uv_mutex_init_recursive(&inbox->mutex);
}

void co_inbox_finish(struct co_inbox *inbox) { uv_mutex_destroy(&inbox->mutex); }

void co_inbox_lock(struct co_loop *loop) { uv_mutex_lock(&loop->inbox.mutex); }

void co_inbox_unlock(struct co_loop *loop) { uv_mutex_unlock(&loop->inbox.mutex); }

/* ---- in another thread --------------------------------------------------- */

static void queue(struct co_loop *loop, struct co_list *list, co_callback *callback)
{
    co_list_append(list, &callback->link);
    loop->inbox.pending = true;
    co_request_poll(loop);
}

void co_inbox_post(struct co_loop *loop, co_callback *callback)
{
    callback->contextvars = NULL;
    queue(loop, &loop->inbox.callbacks, callback);
    co_poll_wake(&loop->poll);
}

/* It sees the context variables of the thread, whose values the loop cannot share. */
static void queue_in_context(struct co_loop *loop, struct co_list *list,
                             co_callback *callback)
{
    callback->contextvars = co_contextvars_copy();
    queue(loop, list, callback);
}

void co_inbox_post_in_context(struct co_loop *loop, co_callback *callback)
{
    queue_in_context(loop, &loop->inbox.callbacks, callback);
    co_poll_wake(&loop->poll);
}

void co_inbox_thread_idle(struct co_loop *loop)
{
    loop->inbox.busy_threads--;
    co_poll_wake(&loop->poll);
}

static int wrong_thread(void)
{
    return co_raise(CO_ERUNTIME, "Non-thread-safe operation invoked on an event loop "
                                 "other than the current one");
}

int co_inbox_lock_open(struct co_loop *loop)
{
    co_inbox_lock(loop);
    if (!loop->inbox.closed)
        return 0;
    co_inbox_unlock(loop);
    /* A thread that is none of ours has nowhere to note the reason. */
    return co_get_loop() ? co_loop_is_closed() : CO_ERUNTIME;
}

int co_inbox_call_soon(struct co_loop *loop, co_callback *callback)
{
    if (loop->debug)
        return wrong_thread();
    await(co_inbox_lock_open(loop));
    queue_in_context(loop, &loop->inbox.callbacks, callback);
    co_inbox_unlock(loop);
    return 0;
}

int co_inbox_call_at(struct co_loop *loop, co_timer *timer, int64_t deadline_ns)
{
    if (loop->debug)
        return wrong_thread();
    await(co_inbox_lock_open(loop));
    timer->deadline_ns = deadline_ns;
    timer->id = 0;
    queue_in_context(loop, &loop->inbox.timers, &timer->callback);
    co_inbox_unlock(loop);
    return 0;
}

int co_call_soon_threadsafe(co_loop *loop, co_callback *callback)
{
    if (loop == co_loop_now)
        return co_call_soon(callback);
    await(co_inbox_lock_open(loop));
    co_inbox_post_in_context(loop, callback);
    co_inbox_unlock(loop);
    return 0;
}

/* ---- in the loop's own --------------------------------------------------- */

/* What is under way is looked at first, for whoever rests has knocked before. */
bool co_inbox_active(struct co_loop *loop)
{
    return loop->inbox.busy_threads > 0 || loop->inbox.pending ||
           co_poll_active(&loop->poll);
}

static void take_timer(struct co_loop *loop, co_timer *timer)
{
    co_list_remove(&timer->callback.link);
    timer->callback.link = (struct co_list){};
    co_contextvars_adopt(loop, timer->callback.contextvars);
    co_timer_heap_add(&loop->timers, timer);
}

static void take(struct co_loop *loop)
{
    struct co_inbox *inbox = &loop->inbox;

    inbox->pending = false;
    co_list_each(link, &inbox->callbacks)
        co_contextvars_adopt(loop,
                             co_container_of(link, co_callback, link)->contextvars);
    co_list_splice(&loop->ready, &inbox->callbacks);
    co_list_each(link, &inbox->timers)
        take_timer(loop, co_container_of(link, co_timer, callback.link));
}

void co_inbox_take(struct co_loop *loop)
{
    if (!loop->inbox.pending)
        return;
    co_inbox_lock(loop);
    take(loop);
    co_inbox_unlock(loop);
}

void co_inbox_close(struct co_loop *loop)
{
    co_inbox_lock(loop);
    take(loop);
    loop->inbox.closed = true;
    co_inbox_unlock(loop);
}

void co_inbox_open(struct co_loop *loop)
{
    co_inbox_lock(loop);
    loop->inbox.closed = false;
    co_inbox_unlock(loop);
}

void co_inbox_close_clients(struct co_loop *loop)
{
    for (;;) {
        co_inbox_lock(loop);
        struct co_list *first = loop->inbox.clients.next;
        co_inbox_unlock(loop);
        if (first == &loop->inbox.clients)
            return;
        struct co_inbox_client *client =
            co_container_of(first, struct co_inbox_client, link);
        client->loop_closed(client);
    }
}
