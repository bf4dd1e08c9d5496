#include "engine/gather.h"

#include <stdlib.h>

#include "engine/core/loop_internal.h"

/* One allocation: this, then a child for each future, then their addresses. */
struct gathering {
    struct co_handle handle;
    bool settle;           /* wait for all, however they end */
    bool cancel_requested; /* end as cancelled once all have ended */
    size_t count;          /* futures asked for, */
    size_t left;           /* and different ones not done yet */
    co_future **futures;
    struct child {
        co_callback done;
        struct gathering *gathering;
    } children[];
};

static struct gathering *gathering_of(const co_future *future)
{
    return co_container_of(future, struct gathering, handle.future);
}

static co_future *future_of(const struct child *child)
{
    const struct gathering *gathering = child->gathering;

    return gathering->futures[child - gathering->children];
}

/* asyncio: an error of the cancellation's kind, but a failure all the same. */
static void fail(struct gathering *gathering, int code, struct co_error *error)
{
    co_future_complete(&gathering->handle.future, CO_HAS_FAILED, code, error);
}

/* All have ended, and it was asked to: with what the one named last has to say of such
 * a request, even if that one has not ended by it.
 */
static void be_cancelled(struct gathering *gathering)
{
    co_future *last = gathering->futures[gathering->count - 1];
    struct co_error *message = co_cancelled(last) ? co_future_take(last)
                               : last->class == &co_task_class
                                   ? co_error_keep(co_task_of(last)->caught.error)
                                   : NULL;

    fail(gathering, UV_ECANCELED, message);
}

/* What the end of this child means for the whole. */
static void consider(struct gathering *gathering, co_future *child)
{
    if (co_done(&gathering->handle.future)) {
        /* A later error of a sibling is nobody's business any more. */
        co_future_see(child);
        return;
    }
    if (!gathering->settle && child->state != CO_HAS_RESULT) {
        fail(gathering, child->code, co_future_take(child));
        return;
    }
    if (gathering->left > 0)
        return;
    for (size_t i = 0; i < gathering->count; i++)
        co_future_see(gathering->futures[i]);
    if (gathering->cancel_requested)
        be_cancelled(gathering);
    else
        co_future_complete(&gathering->handle.future, CO_HAS_RESULT, 0, NULL);
}

static void on_child_done(co_callback *callback)
{
    struct child *child = co_container_of(callback, struct child, done);
    struct gathering *gathering = child->gathering;
    struct co_loop *loop = co_loop_now;

    gathering->left--;
    loop->cause = (struct co_cause){
        .what = "done",
        .other = future_of(child)->class == &co_task_class ? future_of(child) : NULL,
    };
    consider(gathering, future_of(child));
    loop->cause = (struct co_cause){};
    if (gathering->left > 0)
        return;
    for (size_t i = 0; i < gathering->count; i++)
        co_unref(gathering->futures[i]);
    co_unref(&gathering->handle.future);
}

static bool cancel_children(co_future *future, struct co_error *message)
{
    struct gathering *gathering = gathering_of(future);
    bool any = false;

    for (size_t i = 0; i < gathering->count; i++)
        if (co_future_cancel(gathering->futures[i], message))
            any = true;
    gathering->cancel_requested |= any;
    return any;
}

static co_future *awaits(const co_future *future, size_t i)
{
    const struct gathering *gathering = gathering_of(future);

    return i < gathering->count ? gathering->futures[i] : NULL;
}

static void free_gathering(co_future *future) { free(gathering_of(future)); }

/* Hear of each future once, though it be named twice. A future is marked by its
 * place in the list of callbacks: ours is the last one if it has one already.
 */
static bool is_watched(const struct gathering *gathering, const co_future *future)
{
    const struct co_list *last = future->callbacks.prev;
    const struct child *child = co_container_of(last, struct child, done.link);

    return child >= gathering->children &&
           child < gathering->children + gathering->count;
}

static void watch(struct gathering *gathering, size_t i)
{
    struct child *child = &gathering->children[i];
    co_future *future = gathering->futures[i];

    child->gathering = NULL;
    co_ref(future);
    if (co_is_pending(future) && is_watched(gathering, future))
        return;
    child->gathering = gathering;
    child->done.run = on_child_done;
    gathering->left++;
    if (co_is_pending(future) || !co_as_of(co_loop_now, 312))
        co_on_done(future, &child->done);
}

/* From 312 on those that are done already count at once. */
static void count_done(struct gathering *gathering)
{
    for (size_t i = 0; i < gathering->count; i++)
        if (gathering->children[i].gathering && co_done(gathering->futures[i]))
            on_child_done(&gathering->children[i].done);
}

static co_future *gather(co_task *const tasks[], size_t count, bool settle)
{
    static const struct co_future_class class = {
        .what = "gather",
        .python = "_GatheringFuture",
        .cancel = cancel_children,
        .free = free_gathering,
        .awaits = awaits,
    };
    struct gathering *gathering =
        co_alloc(sizeof(*gathering) + count * (sizeof(struct child) + sizeof(*tasks)));

    co_handle_prepare(&gathering->handle, &class);
    gathering->settle = settle;
    gathering->cancel_requested = false;
    gathering->count = count;
    gathering->left = 0;
    gathering->futures = (co_future **)&gathering->children[count];
    for (size_t i = 0; i < count; i++)
        gathering->futures[i] = tasks[i];
    for (size_t i = 0; i < count; i++)
        watch(gathering, i);
    if (count == 0)
        co_future_complete(&gathering->handle.future, CO_HAS_RESULT, 0, NULL);
    else
        gathering->handle.refs++; /* until the last child is done */
    if (co_as_of(co_loop_now, 312))
        count_done(gathering);
    return &gathering->handle.future;
}

co_future *co_gatheringv(co_task *const tasks[], size_t count)
{
    return gather(tasks, count, false);
}

co_future *co_settlingv(co_task *const tasks[], size_t count)
{
    return gather(tasks, count, true);
}

static int join_and_drop(co_future *future)
{
    int r = co_join(future);

    co_drop(future);
    return r;
}

int co_gatherv(co_task *const tasks[], size_t count)
{
    return join_and_drop(co_gatheringv(tasks, count));
}

int co_settlev(co_task *const tasks[], size_t count)
{
    return join_and_drop(co_settlingv(tasks, count));
}
