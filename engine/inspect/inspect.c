#include "engine/inspect.h"

#include <string.h>

#include "engine/core/loop_internal.h"

/* ---- asking -------------------------------------------------------------- */

co_task *co_next_task(const co_task *after)
{
    struct co_loop *loop = co_loop_here(__func__);
    struct co_list *link =
        after ? &co_handle_of((co_task *)after)->all : &loop->handles;

    if (after && co_is_pending(after) && after->code > 0) /* of an idle loop */
        return NULL;
    while ((link = link->next) != &loop->handles) {
        struct co_task_impl *task = co_unfinished_task(link);
        if (task)
            return &task->handle.future;
    }
    return NULL;
}

co_future *co_awaiting(const co_task *task) { return co_task_of(task)->waiting; }

/* True if `one` is `other`, or awaits it, as a gather awaits its parts. */
static bool stands_for(const co_future *one, const co_future *other)
{
    co_future *part;

    if (one == other)
        return true;
    for (size_t i = 0; one->class->awaits && (part = one->class->awaits(one, i)); i++)
        if (stands_for(part, other))
            return true;
    return false;
}

bool co_awaits(const co_task *task, const co_future *future)
{
    const co_future *waiting = co_awaiting(task);

    return waiting && stands_for(waiting, future);
}

/* The name of asyncio's function in which the task waits. NULL: the task awaits a
 * future directly, so Python shows no function.
 */
static const char *library_call(const co_future *waiting)
{
    static const char *const bare[] = { "join", "future", "gather", "shield" };

    for (size_t i = 0; waiting && i < sizeof(bare) / sizeof(*bare); i++)
        if (strcmp(waiting->class->what, bare[i]) == 0)
            return NULL;
    return waiting ? waiting->class->what : NULL;
}

size_t co_call_stack(const co_task *task, const char **ret_names, size_t room)
{
    const struct co_task_impl *record = co_task_of(task);
    const char *innermost = library_call(record->waiting);
    size_t count = 0;

    if (innermost && count++ < room)
        ret_names[0] = innermost;
    for (const co_calling *call = record->calls; call; call = call->outer)
        if (count++ < room)
            ret_names[count - 1] = call->function;
    if (count++ < room)
        ret_names[count - 1] = record->fn_name;
    return count;
}
