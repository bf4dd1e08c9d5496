#include "engine/inspect.h"

#include <stdlib.h>
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

/* Futures that await others, as a gather awaits its parts. Each is marked, so that it
 * is in the list once. Stacks are small and gathers may be nested deeply, so the search
 * is no recursion.
 */
struct awaiters {
    co_future **list;
    size_t count, room;
};

static void add(struct awaiters *awaiters, co_future *future)
{
    if (!future->class->awaits || future->marked)
        return;
    if (awaiters->count == awaiters->room) {
        awaiters->room = awaiters->room ? 2 * awaiters->room : 8;
        awaiters->list =
            co_realloc(awaiters->list, awaiters->room * sizeof(*awaiters->list));
    }
    future->marked = true;
    awaiters->list[awaiters->count++] = future;
}

/* Whether this one awaits `other`; add what else it awaits. */
static bool find(struct awaiters *awaiters, const co_future *by, const co_future *other)
{
    co_future *part;

    for (size_t i = 0; (part = by->class->awaits(by, i)); i++) {
        if (part == other)
            return true;
        add(awaiters, part);
    }
    return false;
}

/* True if `one` is `other`, or awaits it. */
static bool stands_for(co_future *one, const co_future *other)
{
    struct awaiters awaiters = {};
    bool found = one == other;

    if (!found)
        add(&awaiters, one);
    for (size_t i = 0; i < awaiters.count && !found; i++)
        found = find(&awaiters, awaiters.list[i], other);
    for (size_t i = 0; i < awaiters.count; i++)
        awaiters.list[i]->marked = false;
    free(awaiters.list);
    return found;
}

bool co_awaits(const co_task *task, const co_future *future)
{
    co_future *waiting = co_awaiting(task);

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
