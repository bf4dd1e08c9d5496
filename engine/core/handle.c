/* handle.c — futures that the engine allocates: owners and references. */
#include "engine/core/loop_internal.h"

/* The owner of a handle that is made now: the running generator or task, else the
 * program.
 */
static struct co_owner *owner_here(struct co_loop *loop)
{
    struct co_task_impl *task = loop->current;

    if (!task)
        return &loop->program;
    return task->nested ? &task->nested->children : &task->children;
}

void co_handle_prepare(struct co_handle *handle, const struct co_future_class *class)
{
    struct co_loop *loop = co_loop_now;

    co_future_prepare(&handle->future, class, NULL);
    handle->refs = 1; /* the owner's */
    co_list_append(&loop->handles, &handle->all);
    co_handle_set_owner(handle, owner_here(loop));
}

void co_handle_release(struct co_handle *handle)
{
    co_list_remove(&handle->owned);
    handle->owner = NULL;
    co_unref(&handle->future);
}

/* Move the handles that an owner that failed keeps. */
static void take_survivors(struct co_list *survivors, struct co_owner *owner)
{
    co_list_each(link, &owner->owns) {
        struct co_handle *handle = co_container_of(link, struct co_handle, owned);
        if (!handle->future.class->outlives)
            continue;
        co_list_remove(link);
        co_list_append(survivors, link);
    }
}

void co_owner_release_all(struct co_owner *owner, bool failed)
{
    struct co_list survivors;

    co_list_init(&survivors);
    if (failed)
        take_survivors(&survivors, owner);
    while (!co_list_empty(&owner->owns))
        co_handle_release(co_container_of(owner->owns.next, struct co_handle, owned));
    co_list_splice(&owner->owns, &survivors);
}

void co_owner_finish(struct co_owner *owner)
{
    if (!co_loop_now->closed)
        co_owner_release(owner, false);
    /* A closed loop frees its handles one by one, perhaps before their owner. */
    while (!co_list_empty(&owner->owns))
        co_list_remove(owner->owns.next);
}

void co_handle_set_owner(struct co_handle *handle, struct co_owner *owner)
{
    handle->owner = owner;
    co_list_append(&owner->owns, &handle->owned);
}

void co_handle_free(co_future *future)
{
    if (future->class->outlives && future->class->outlives(future))
        return;
    if (future->unretrieved && future->state == CO_HAS_FAILED)
        co_report_never_retrieved(future);
    co_list_remove(&co_handle_of(future)->all);
    if (future->error)
        co_error_drop(future->error);
    future->class->free(future);
}

co_task *co_keep(co_task *task)
{
    if (task) {
        co_ref(task);
        task->kept = true;
    }
    return task;
}

void co_drop(co_task *task)
{
    if (!task || !task->class->free)
        return;
    struct co_handle *handle = co_handle_of(task);
    /* A handle that was not kept has no reference but its owner's. */
    if (handle->owner && (!task->kept || handle->owner == owner_here(co_loop_now)))
        co_handle_release(handle);
    else
        co_unref(task);
}
