#include "engine/concurrent.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "engine/core/block.h"
#include "engine/core/loop_internal.h"

/* It may exist longer than the loop, so it has a mutex of its own. A thread that holds
 * this mutex may lock that of the loop, but not the reverse.
 */
struct co_concurrent_future {
    uv_mutex_t mutex;
    uv_cond_t changed;
    _Atomic unsigned refs;
    bool held; /* the loop has one of the references: it will complete the future */
    enum co_state state;
    int code;
    char *reason;      /* NULL: only the code */
    unsigned waiting;  /* how many threads of executors wait for it */
    uint64_t order;    /* they sleep with this one next: see block.h */
    bool started;      /* the task exists, or has existed */
    co_task *task;     /* used in the loop's thread only; NULL: not spawned, or done */
    co_callback start; /* in the loop: spawns the task, */
    co_callback done;  /* runs when the task is done, */
    co_callback stop;  /* and cancels it */
    struct co_inbox_client client;
    co_loop *handle;
    struct co_loop *loop; /* good while the future is pending; NULL: it was refused */
    co_fn *fn;
    const char *fn_name;
    size_t size;
    _Alignas(max_align_t) char frame[];
};

static const char closed[] = "Event loop is closed";

static void unref(co_concurrent_future *future)
{
    if (--future->refs > 0)
        return;
    uv_mutex_destroy(&future->mutex);
    uv_cond_destroy(&future->changed);
    free(future->reason);
    free(future);
}

/* With its mutex held. Threads of executors that wait for it count as busy from now on,
 * before they run again, so that the virtual clock does not advance meanwhile.
 */
static void complete(co_concurrent_future *future, enum co_state state, int code,
                     const char *reason)
{
    if (future->state != CO_PENDING)
        return;
    future->state = state;
    future->code = code;
    future->reason = reason ? co_strdup(reason) : NULL;
    if (future->waiting > 0)
        future->loop->inbox.busy_threads += future->waiting;
    future->waiting = 0;
    uv_cond_broadcast(&future->changed);
}

/* ---- in the loop's thread ------------------------------------------------ */

/* The loop drops its reference. */
static void release(co_concurrent_future *future, enum co_state state, int code,
                    const char *reason)
{
    struct co_loop *loop = future->loop;

    uv_mutex_lock(&future->mutex);
    future->order = co_timer_heap_next_order(&loop->timers);
    complete(future, state, code, reason);
    bool held = future->held;
    future->held = false;
    uv_mutex_unlock(&future->mutex);
    if (!held)
        return;
    /* Another thread may have queued its cancellation just now. */
    co_inbox_take(loop);
    co_list_remove(&future->stop.link);
    co_inbox_lock(loop);
    co_list_remove(&future->client.link);
    co_let_threads_run(loop); /* those that waited for it */
    co_inbox_unlock(loop);
    unref(future);
}

static void on_done(co_callback *callback)
{
    co_concurrent_future *future =
        co_container_of(callback, co_concurrent_future, done);
    co_task *task = future->task;

    /* If the future is cancelled already, no caller of result() gets the error of the
     * task, so it stays unretrieved and goes to the exception handler.
     */
    if (!co_concurrent_future_done(future))
        task->unretrieved = false;
    future->task = NULL;
    release(future, task->state, task->code, task->error ? task->error->text : NULL);
    co_drop(task);
}

static void on_stop(co_callback *callback)
{
    co_cancel(co_container_of(callback, co_concurrent_future, stop)->task);
}

static void on_start(co_callback *callback)
{
    co_concurrent_future *future =
        co_container_of(callback, co_concurrent_future, start);

    future->task = co_spawn_copy((co_spawn_options){}, future->fn, future->fn_name,
                                 future->frame, future->size);
    uv_mutex_lock(&future->mutex);
    future->started = true;
    bool cancelled = future->state != CO_PENDING;
    uv_mutex_unlock(&future->mutex);
    if (cancelled)
        co_call_soon(&future->stop);
    co_future_add_callback(future->task, &future->done);
}

static void on_loop_closed(struct co_inbox_client *client)
{
    release(co_container_of(client, co_concurrent_future, client), CO_HAS_FAILED,
            CO_ERUNTIME, closed);
}

/* ---- in any thread ------------------------------------------------------- */

static co_concurrent_future *make(co_loop *handle, co_fn *fn, const char *fn_name,
                                  size_t size)
{
    co_concurrent_future *future = co_alloc(sizeof(*future) + size);

    *future = (co_concurrent_future){
        .refs = 1,
        .start.run = on_start,
        .done.run = on_done,
        .stop.run = on_stop,
        .client.loop_closed = on_loop_closed,
        .handle = handle,
        .fn = fn,
        .fn_name = fn_name,
        .size = size,
    };
    uv_mutex_init(&future->mutex);
    uv_cond_init(&future->changed);
    co_list_init(&future->stop.link);
    return future;
}

co_concurrent_future *co_spawn_threadsafe_copy(co_loop *handle, co_fn *fn,
                                               const char *fn_name, const void *frame,
                                               size_t size)
{
    co_concurrent_future *future = make(handle, fn, fn_name, size);
    struct co_loop *loop;

    if (size)
        memcpy(future->frame, frame, size);
    if (co_inbox_lock_open(handle, &loop) < 0) {
        complete(future, CO_HAS_FAILED, CO_ERUNTIME, closed);
        return future;
    }
    future->loop = loop;
    future->refs++;
    future->held = true;
    future->client.serial = co_serial_of(handle);
    co_list_append(&loop->inbox.clients, &future->client.link);
    co_inbox_post_in_context(loop, handle, &future->start);
    co_inbox_unlock(loop);
    return future;
}

/* The current error of the thread, if it is one that has a current error. */
static int set_current_error(int code, const char *reason)
{
    if (code >= 0 || !co_loop_of_thread())
        return code;
    return reason ? co_raise(code, "%s", reason) : co_set_current_error(code, NULL);
}

/* False: the time is over. It is read once, since it may pass `end` in between. */
static bool wait_until(co_concurrent_future *future, uint64_t end)
{
    const uint64_t now = uv_hrtime();

    return now < end &&
           uv_cond_timedwait(&future->changed, &future->mutex, end - now) == 0;
}

/* A thread of an executor that waits here does not count as busy, so that the virtual
 * clock advances: the thread waits for the loop.
 */
static void wait(co_concurrent_future *future, double seconds)
{
    struct co_loop *loop = future->loop;
    const uint64_t end = uv_hrtime() + (uint64_t)co_nanoseconds(seconds);
    const bool counted = co_thread_loop == loop;

    if (counted) {
        future->waiting++;
        co_inbox_lock(loop);
        co_inbox_thread_idle(loop);
        co_inbox_unlock(loop);
    }
    while (future->state == CO_PENDING)
        if (isinf(seconds))
            uv_cond_wait(&future->changed, &future->mutex);
        else if (!wait_until(future, end))
            break;
    if (counted && future->state == CO_PENDING) {
        future->waiting--;
        loop->inbox.busy_threads++;
    }
    if (counted && co_thread_order < future->order)
        co_thread_order = future->order;
}

int co_concurrent_future_result(co_concurrent_future *future, double seconds)
{
    if (!isinf(seconds) && co_nanoseconds(seconds) == CO_TIME_NEVER)
        return set_current_error(CO_EVALUE,
                                 "the time to wait for is beyond the end of the clock");
    uv_mutex_lock(&future->mutex);
    if (future->state == CO_PENDING && seconds > 0)
        wait(future, seconds);
    bool pending = future->state == CO_PENDING;
    uv_mutex_unlock(&future->mutex);
    /* The mutex is not needed: a future that is done does not change. */
    return pending ? set_current_error(UV_ETIMEDOUT, NULL)
                   : set_current_error(future->code, future->reason);
}

bool co_concurrent_future_cancel(co_concurrent_future *future)
{
    uv_mutex_lock(&future->mutex);
    bool pending = future->state == CO_PENDING;
    complete(future, CO_WAS_CANCELLED, UV_ECANCELED, NULL);
    if (pending && future->started)
        co_call_soon_threadsafe(future->handle, &future->stop);
    bool cancelled = future->state == CO_WAS_CANCELLED;
    uv_mutex_unlock(&future->mutex);
    return cancelled;
}

bool co_concurrent_future_done(co_concurrent_future *future)
{
    uv_mutex_lock(&future->mutex);
    bool done = future->state != CO_PENDING;
    uv_mutex_unlock(&future->mutex);
    return done;
}

void co_concurrent_future_drop(co_concurrent_future *future)
{
    if (future)
        unref(future);
}
