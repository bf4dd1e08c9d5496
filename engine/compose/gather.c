#include "engine/gather.h"

#include <stdlib.h>

#include "engine/core/loop_internal.h"

/* One allocation: this, then a child for each future, then the array of futures. */
struct gather {
    struct co_handle handle;
    bool settle;           /* wait for all, however they end */
    bool cancel_requested; /* end as cancelled once all have ended */
    size_t count;          /* how many futures; one may be named twice */
    size_t left;           /* how many different ones are not done */
    co_future **futures;
    struct child {
        co_callback done;
        struct gather *gather;
    } children[];
};

static struct gather *gather_of(const co_future *future)
{
    return co_container_of(future, struct gather, handle.future);
}

static co_future *future_of(const struct child *child)
{
    const struct gather *gather = child->gather;

    return gather->futures[child - gather->children];
}

/* The gather fails even if the code is UV_ECANCELED: co_cancelled() is false, as in
 * asyncio.
 */
static void fail(struct gather *gather, int code, struct co_error *error)
{
    co_future_complete(&gather->handle.future, CO_HAS_FAILED, code, error);
}

/* All are done, and the gather was cancelled. The message comes from the last future:
 * from its cancellation, or from a cancellation that its task has handled.
 */
static void fail_as_cancelled(struct gather *gather)
{
    co_future *last = gather->futures[gather->count - 1];
    struct co_error *message =
        co_cancelled(last) ? co_future_take_error(last)
        : last->class == &co_task_class
            ? co_error_keep(co_task_of(last)->current_error.error)
            : NULL;

    fail(gather, UV_ECANCELED, message);
}

/* A child is done: complete the gather if that decides its outcome. */
static void complete_if_done(struct gather *gather, co_future *child)
{
    if (co_done(&gather->handle.future)) {
        /* Errors after the outcome is known are ignored and not reported. */
        co_future_mark_retrieved(child);
        return;
    }
    if (!gather->settle && child->state != CO_HAS_RESULT) {
        fail(gather, child->code, co_future_take_error(child));
        return;
    }
    if (gather->left > 0)
        return;
    for (size_t i = 0; i < gather->count; i++)
        co_future_mark_retrieved(gather->futures[i]);
    if (gather->cancel_requested)
        fail_as_cancelled(gather);
    else
        co_future_complete(&gather->handle.future, CO_HAS_RESULT, 0, NULL);
}

static void on_child_done(co_callback *callback)
{
    struct child *child = co_container_of(callback, struct child, done);
    struct gather *gather = child->gather;
    struct co_loop *loop = co_loop_now;

    gather->left--;
    loop->cause = (struct co_cause){
        .what = "done",
        .other = future_of(child)->class == &co_task_class ? future_of(child) : NULL,
    };
    complete_if_done(gather, future_of(child));
    loop->cause = (struct co_cause){};
    if (gather->left > 0)
        return;
    for (size_t i = 0; i < gather->count; i++)
        co_unref(gather->futures[i]);
    co_unref(&gather->handle.future);
}

static void children_cancelled(co_future *future, bool any)
{
    gather_of(future)->cancel_requested |= any;
}

static co_future *awaits(const co_future *future, size_t i)
{
    const struct gather *gather = gather_of(future);

    return i < gather->count ? gather->futures[i] : NULL;
}

static void free_gather(co_future *future) { free(gather_of(future)); }

/* True if this gather has already registered a callback with the future: the caller may
 * name a future twice. No other callback is added meanwhile, so only the last callback
 * of the future can be this gather's.
 */
static bool is_watched(const struct gather *gather, const co_future *future)
{
    const struct co_list *last = future->callbacks.prev;
    const struct child *child = co_container_of(last, struct child, done.link);

    return child >= gather->children && child < gather->children + gather->count &&
           !co_future_has_dead_callbacks(future);
}

static void watch(struct gather *gather, size_t i)
{
    struct child *child = &gather->children[i];
    co_future *future = gather->futures[i];

    child->gather = NULL;
    co_ref(future);
    if (co_is_pending(future) && is_watched(gather, future))
        return;
    child->gather = gather;
    child->done.run = on_child_done;
    gather->left++;
    if (co_is_pending(future) || !co_asyncio_at_least(co_loop_now, 312))
        co_future_add_callback(future, &child->done);
}

/* From 312 on a child that is already done counts immediately. */
static void count_done(struct gather *gather)
{
    for (size_t i = 0; i < gather->count; i++)
        if (gather->children[i].gather && co_done(gather->futures[i]))
            on_child_done(&gather->children[i].done);
}

static co_future *make(co_task *const tasks[], size_t count, bool settle)
{
    static const struct co_future_class class = {
        .what = "gather",
        .python = "_GatheringFuture",
        .awaited_cancelled = children_cancelled,
        .free = free_gather,
        .awaits = awaits,
    };
    struct gather *gather =
        co_alloc(sizeof(*gather) + count * (sizeof(struct child) + sizeof(*tasks)));

    co_handle_prepare(&gather->handle, &class);
    gather->settle = settle;
    gather->cancel_requested = false;
    gather->count = count;
    gather->left = 0;
    gather->futures = (co_future **)&gather->children[count];
    for (size_t i = 0; i < count; i++)
        gather->futures[i] = tasks[i];
    for (size_t i = 0; i < count; i++)
        watch(gather, i);
    if (count == 0)
        co_future_complete(&gather->handle.future, CO_HAS_RESULT, 0, NULL);
    else
        gather->handle.refs++; /* until the last child is done */
    if (co_asyncio_at_least(co_loop_now, 312))
        count_done(gather);
    return &gather->handle.future;
}

co_future *co_gather_futurev(co_task *const tasks[], size_t count)
{
    co_loop_here("co_gather_future");
    return make(tasks, count, false);
}

co_future *co_settle_futurev(co_task *const tasks[], size_t count)
{
    co_loop_here(__func__);
    return make(tasks, count, true);
}

int co_gatherv(co_task *const tasks[], size_t count)
{
    co_task_here(co_loop_now, "co_gather");
    return co_join_made(co_gather_futurev(tasks, count));
}

int co_settlev(co_task *const tasks[], size_t count)
{
    co_task_here(co_loop_now, "co_settle");
    return co_join_made(co_settle_futurev(tasks, count));
}
