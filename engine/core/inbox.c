#include "engine/core/inbox.h"

#include "engine/core/loop_switch.h"

_Thread_local struct co_loop *co_thread_loop;
_Thread_local uint64_t co_thread_serial;
_Thread_local uint64_t co_thread_order, co_thread_job;

/* ---- making -------------------------------------------------------------- */

void co_inbox_init(struct co_inbox *inbox)
{
    co_list_init(&inbox->callbacks);
    co_list_init(&inbox->timers);
    co_list_init(&inbox->clients);
    co_list_init(&inbox->sleepers);
    uv_cond_init(&inbox->stopped);
    /* Recursive: an observer must not call the engine, but some in the tests do, and a
     * deadlock would not show the reason.
     */
    uv_mutex_init_recursive(&inbox->mutex);
}

void co_inbox_finish(struct co_inbox *inbox)
{
    /* Another thread may have found the loop, and may still hold its mutex. */
    uv_mutex_lock(&inbox->mutex);
    uv_mutex_unlock(&inbox->mutex);
    uv_mutex_destroy(&inbox->mutex);
    uv_cond_destroy(&inbox->stopped);
}

void co_inbox_lock(struct co_loop *loop) { uv_mutex_lock(&loop->inbox.mutex); }

void co_inbox_unlock(struct co_loop *loop) { uv_mutex_unlock(&loop->inbox.mutex); }

/* ---- which loop ---------------------------------------------------------- */

struct co_loop *co_loop_of_thread(void)
{
    return co_loop_now ? co_loop_now : co_thread_loop;
}

co_loop *co_get_loop(void)
{
    const uint64_t serial = co_loop_now ? co_loop_now->serial : co_thread_serial;

    return (co_loop *)(uintptr_t)serial;
}

/* Return CO_ERUNTIME. A thread that the program made itself has no current error, so it
 * gets the code without a reason.
 */
static int refuse_closed(void)
{
    return co_loop_of_thread() ? co_loop_is_closed() : CO_ERUNTIME;
}

int co_inbox_lock_open(co_loop *handle, struct co_loop **ret_loop)
{
    struct co_loop *loop = co_serial_find(co_serial_of(handle), co_inbox_lock);

    if (!loop)
        return refuse_closed();
    if (loop->inbox.closed) {
        co_inbox_unlock(loop);
        return refuse_closed();
    }
    *ret_loop = loop;
    return 0;
}

/* ---- in another thread --------------------------------------------------- */

static void queue(struct co_loop *loop, struct co_list *list, co_callback *callback)
{
    co_list_append(list, &callback->link);
    loop->inbox.pending = true;
    co_request_poll(loop);
}

/* Queue a callback for the asyncio loop of this serial, which may be idle. */
static void queue_for(struct co_loop *loop, uint64_t serial, co_callback *callback)
{
    struct co_list *posted =
        serial == loop->inbox.serial ? NULL : co_idle_posted(loop, serial);

    if (posted)
        co_list_append(posted, &callback->link);
    else
        queue(loop, &loop->inbox.callbacks, callback);
}

void co_inbox_post(struct co_loop *loop, uint64_t serial, co_callback *callback)
{
    callback->contextvars = NULL;
    queue_for(loop, serial, callback);
    co_poll_wake(&loop->poll);
}

void co_inbox_post_in_context(struct co_loop *loop, co_loop *handle,
                              co_callback *callback)
{
    callback->contextvars = co_contextvars_copy();
    queue_for(loop, co_serial_of(handle), callback);
    co_poll_wake(&loop->poll);
}

void co_inbox_thread_idle(struct co_loop *loop)
{
    if (co_thread_order && loop->inbox.awaited == co_thread_order)
        loop->inbox.awaited = 0;
    loop->inbox.busy_threads--;
    uv_cond_signal(&loop->inbox.stopped);
    co_poll_wake(&loop->poll);
}

static int wrong_thread(void)
{
    return co_raise(CO_ERUNTIME, "Non-thread-safe operation invoked on an event loop "
                                 "other than the current one");
}

int co_inbox_call_soon(struct co_loop *loop, co_callback *callback)
{
    if (loop->debug)
        return wrong_thread();
    await(co_inbox_lock_open(co_get_loop(), &loop));
    callback->contextvars = co_contextvars_copy();
    queue_for(loop, co_thread_serial, callback);
    co_inbox_unlock(loop);
    return 0;
}

int co_inbox_call_at(struct co_loop *loop, co_timer *timer, int64_t deadline_ns)
{
    if (loop->debug)
        return wrong_thread();
    await(co_inbox_lock_open(co_get_loop(), &loop));
    timer->deadline_ns = deadline_ns;
    timer->id = 0;
    timer->callback.link = (struct co_list){};
    timer->callback.contextvars = NULL;
    if (deadline_ns != CO_TIME_NEVER) {
        timer->callback.contextvars = co_contextvars_copy();
        queue(loop, &loop->inbox.timers, &timer->callback);
    }
    co_inbox_unlock(loop);
    return 0;
}

/* The callback may be on any list, or on none, so this reads the list and not the link
 * of the callback.
 */
static bool remove_from(struct co_list *list, co_callback *callback)
{
    co_list_each(link, list) {
        if (link != &callback->link)
            continue;
        co_list_remove(link);
        co_contextvars_drop(callback->contextvars);
        callback->contextvars = NULL;
        return true;
    }
    return false;
}

void co_inbox_cancel(struct co_loop *loop, co_callback *callback)
{
    co_inbox_lock(loop);
    if (!remove_from(&loop->inbox.callbacks, callback))
        remove_from(&loop->inbox.timers, callback);
    co_inbox_unlock(loop);
}

int co_call_soon_threadsafe(co_loop *handle, co_callback *callback)
{
    struct co_loop *loop;

    if (co_loop_now && co_serial_of(handle) == co_loop_now->serial)
        return co_call_soon(callback);
    await(co_inbox_lock_open(handle, &loop));
    co_inbox_post_in_context(loop, handle, callback);
    co_inbox_unlock(loop);
    return 0;
}

/* ---- in the loop's thread ------------------------------------------------ */

/* Test for busy threads first: each queues its callbacks before it counts as idle, so
 * the second test does not miss them.
 */
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
    /* Threads may still post to the idle loops, which have the same inbox. */
    loop->inbox.closed = co_list_empty(&loop->idle);
    co_inbox_unlock(loop);
}

void co_inbox_open(struct co_loop *loop)
{
    co_inbox_lock(loop);
    loop->inbox.closed = false;
    co_inbox_unlock(loop);
}

/* The first client of the current asyncio loop; NULL: it has none. */
static struct co_inbox_client *first_client(struct co_loop *loop)
{
    struct co_inbox_client *found = NULL;

    co_inbox_lock(loop);
    co_list_each(link, &loop->inbox.clients) {
        struct co_inbox_client *client =
            co_container_of(link, struct co_inbox_client, link);
        if (client->serial == loop->serial) {
            found = client;
            break;
        }
    }
    co_inbox_unlock(loop);
    return found;
}

void co_inbox_close_clients(struct co_loop *loop)
{
    for (struct co_inbox_client *client; (client = first_client(loop));)
        client->loop_closed(client);
}
