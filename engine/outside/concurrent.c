#include "engine/concurrent.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "engine/core/loop_internal.h"

/* It may outlive the loop, and so has a mutex of its own. That of the loop may be taken
 * while it is held, but not the other way round.
 */
struct co_concurrent_future {
    uv_mutex_t mutex;
    uv_cond_t changed;
    _Atomic unsigned refs;
    bool held; /* the loop has one of them: it will complete it */
    enum co_state state;
    int code;
    char *reason;      /* NULL: its code says it all */
    unsigned waiting;  /* how many threads of executors wait for it */
    bool started;      /* there is a task, */
    co_task *task;     /* for the loop's thread alone: this; NULL: not any more */
    co_callback start; /* to the loop: makes the task, */
    co_callback done;  /* hears of its end, */
    co_callback stop;  /* and cancels it */
    struct co_inbox_client client;
    struct co_loop *loop;
    co_fn *fn;
    const char *fn_name;
    size_t size;
    _Alignas(max_align_t) char frame[];
};

static const char closed[] = "Event loop is closed";

static void unref(co_concurrent_future *remote)
{
    if (--remote->refs > 0)
        return;
    uv_mutex_destroy(&remote->mutex);
    uv_cond_destroy(&remote->changed);
    free(remote->reason);
    free(remote);
}

/* With its mutex held. Who waited in an executor is under way again from now on. */
static void complete(co_concurrent_future *remote, enum co_state state, int code,
                     const char *reason)
{
    if (remote->state != CO_PENDING)
        return;
    remote->state = state;
    remote->code = code;
    remote->reason = reason ? co_strdup(reason) : NULL;
    if (remote->waiting > 0)
        remote->loop->inbox.busy_threads += remote->waiting;
    remote->waiting = 0;
    uv_cond_broadcast(&remote->changed);
}

/* ---- in the loop's thread ------------------------------------------------ */

/* The loop has no more to do with it. */
static void release(co_concurrent_future *remote, enum co_state state, int code,
                    const char *reason)
{
    struct co_loop *loop = remote->loop;

    uv_mutex_lock(&remote->mutex);
    complete(remote, state, code, reason);
    bool held = remote->held;
    remote->held = false;
    uv_mutex_unlock(&remote->mutex);
    if (!held)
        return;
    /* Its cancellation may just have been queued. */
    co_inbox_take(loop);
    co_list_remove(&remote->stop.link);
    co_inbox_lock(loop);
    co_list_remove(&remote->client.link);
    co_inbox_unlock(loop);
    unref(remote);
}

static void on_done(co_callback *callback)
{
    co_concurrent_future *remote =
        co_container_of(callback, co_concurrent_future, done);
    co_task *task = remote->task;

    /* Of one that counts as cancelled already nobody asks how it ended. */
    if (!co_concurrent_future_done(remote))
        task->unretrieved = false;
    remote->task = NULL;
    release(remote, task->state, task->code, task->error ? task->error->text : NULL);
    co_drop(task);
}

static void on_stop(co_callback *callback)
{
    co_cancel(co_container_of(callback, co_concurrent_future, stop)->task);
}

static void on_start(co_callback *callback)
{
    co_concurrent_future *remote =
        co_container_of(callback, co_concurrent_future, start);

    remote->task = co_spawn_copy((co_spawn_options){}, remote->fn, remote->fn_name,
                                 remote->frame, remote->size);
    uv_mutex_lock(&remote->mutex);
    remote->started = true;
    bool cancelled = remote->state != CO_PENDING;
    uv_mutex_unlock(&remote->mutex);
    if (cancelled)
        co_call_soon(&remote->stop);
    co_on_done(remote->task, &remote->done);
}

static void on_loop_closed(struct co_inbox_client *client)
{
    release(co_container_of(client, co_concurrent_future, client), CO_HAS_FAILED,
            CO_ERUNTIME, closed);
}

/* ---- in any thread ------------------------------------------------------- */

static co_concurrent_future *make(co_loop *loop, co_fn *fn, const char *fn_name,
                                  size_t size)
{
    co_concurrent_future *remote = co_alloc(sizeof(*remote) + size);

    *remote = (co_concurrent_future){
        .refs = 1,
        .start.run = on_start,
        .done.run = on_done,
        .stop.run = on_stop,
        .client.loop_closed = on_loop_closed,
        .loop = loop,
        .fn = fn,
        .fn_name = fn_name,
        .size = size,
    };
    uv_mutex_init(&remote->mutex);
    uv_cond_init(&remote->changed);
    co_list_init(&remote->stop.link);
    return remote;
}

co_concurrent_future *co_spawn_threadsafe_copy(co_loop *loop, co_fn *fn,
                                               const char *fn_name, const void *frame,
                                               size_t size)
{
    co_concurrent_future *remote = make(loop, fn, fn_name, size);

    if (size)
        memcpy(remote->frame, frame, size);
    if (co_inbox_lock_open(loop) < 0) {
        complete(remote, CO_HAS_FAILED, CO_ERUNTIME, closed);
        return remote;
    }
    remote->refs++;
    remote->held = true;
    co_list_append(&loop->inbox.clients, &remote->client.link);
    co_inbox_post_in_context(loop, &remote->start);
    co_inbox_unlock(loop);
    return remote;
}

/* What the thread has met, if it can note that. */
static int met(int code, const char *reason)
{
    if (code >= 0 || !co_get_loop())
        return code;
    return reason ? co_raise(code, "%s", reason) : co_set_current_error(code, NULL);
}

/* Until then a thread of an executor is not under way: it is the loop's turn. */
static void wait(co_concurrent_future *remote, double seconds)
{
    struct co_loop *loop = remote->loop;
    const uint64_t end = uv_hrtime() + (uint64_t)co_nanoseconds(seconds);
    const bool counted = co_thread_loop == loop;

    if (counted) {
        remote->waiting++;
        co_inbox_thread_idle(loop);
    }
    while (remote->state == CO_PENDING)
        if (isinf(seconds))
            uv_cond_wait(&remote->changed, &remote->mutex);
        else if (uv_hrtime() >= end ||
                 uv_cond_timedwait(&remote->changed, &remote->mutex,
                                   end - uv_hrtime()) < 0)
            break;
    if (counted && remote->state == CO_PENDING) {
        remote->waiting--;
        loop->inbox.busy_threads++;
    }
}

int co_concurrent_future_result(co_concurrent_future *remote, double seconds)
{
    uv_mutex_lock(&remote->mutex);
    if (remote->state == CO_PENDING && seconds > 0)
        wait(remote, seconds);
    bool pending = remote->state == CO_PENDING;
    uv_mutex_unlock(&remote->mutex);
    /* Once it is done nothing of it changes any more. */
    return pending ? met(UV_ETIMEDOUT, NULL) : met(remote->code, remote->reason);
}

bool co_concurrent_future_cancel(co_concurrent_future *remote)
{
    uv_mutex_lock(&remote->mutex);
    bool pending = remote->state == CO_PENDING;
    complete(remote, CO_WAS_CANCELLED, UV_ECANCELED, NULL);
    if (pending && remote->started)
        co_call_soon_threadsafe(remote->loop, &remote->stop);
    bool cancelled = remote->state == CO_WAS_CANCELLED;
    uv_mutex_unlock(&remote->mutex);
    return cancelled;
}

bool co_concurrent_future_done(co_concurrent_future *remote)
{
    uv_mutex_lock(&remote->mutex);
    bool done = remote->state != CO_PENDING;
    uv_mutex_unlock(&remote->mutex);
    return done;
}

void co_concurrent_future_drop(co_concurrent_future *remote)
{
    if (remote)
        unref(remote);
}
