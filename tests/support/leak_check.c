#include "tests/support/leak_check.h"

#include <string.h>

#include "engine/core/loop_switch.h"
#include "engine/generators/generator_internal.h"
#include "engine/outside/child.h"

/* The handles of the current loop, then of those that are idle: a runner may be left
 * open. NULL: there are no more.
 */
static const struct co_list *handles_of(const struct co_loop *loop, size_t i)
{
    if (i == 0)
        return &loop->handles;
    co_list_each(link, &loop->idle)
        if (--i == 0)
            return &co_container_of(link, struct co_idle_loop, link)->handles;
    return NULL;
}

static size_t count_handles(const struct co_loop *loop)
{
    const struct co_list *handles;
    size_t count = 0;

    for (size_t i = 0; (handles = handles_of(loop, i)); i++)
        co_list_each(link, handles)
            count++;
    return count;
}

size_t leak_check_unfinished(const struct co_loop *loop)
{
    const struct co_list *handles;
    size_t count = 0;

    for (size_t i = 0; (handles = handles_of(loop, i)); i++)
        co_list_each(link, handles)
            count += co_unfinished_task(link) != NULL;
    return count;
}

/* ---- handles ------------------------------------------------------------- */

/* A generator that refused to be closed stays suspended on its stack. */
static bool refused_to_close(const struct co_handle *handle)
{
    const struct co_generator *generator =
        co_container_of(handle, struct co_generator, handle);

    return generator->state == CO_AT_YIELD &&
           (generator->closed || generator->outlived);
}

/* A process owns itself until it has exited and its pipes are closed. */
static bool is_in_use(const struct co_handle *handle)
{
    const co_process *process = co_container_of(handle, co_process, handle);

    return process->running || process->in || (process->out && process->out->pipe) ||
           (process->err && process->err->pipe);
}

static bool is(const struct co_handle *handle, const char *what)
{
    return handle->future.class->what && strcmp(handle->future.class->what, what) == 0;
}

/* As of CPython 3.14 a shield watches the future it shields, which may never end. */
static bool may_stay(const struct co_loop *loop, const struct co_handle *handle)
{
    return handle->owner || handle->future.kept ||
           (handle->future.class == &co_generator_class && refused_to_close(handle)) ||
           (is(handle, "process") && is_in_use(handle)) ||
           (is(handle, "shield") && co_asyncio_at_least(loop, 314));
}

unsigned leak_check_handles(const struct co_loop *loop)
{
    unsigned left = 0;

    if (leak_check_unfinished(loop) > 0)
        return 0;
    co_list_each(link, &loop->handles)
        left += !may_stay(loop, co_container_of(link, struct co_handle, all));
    return left;
}

/* ---- errors -------------------------------------------------------------- */

static bool contains(const struct co_error *error, const struct co_error *sought)
{
    if (!error || error == sought)
        return error != NULL;
    for (size_t i = 0; i < error->count; i++)
        if (contains(error->parts[i], sought))
            return true;
    return contains(error->context, sought);
}

/* The last error a task or generator has met. */
static const struct co_error *current_error_of(const struct co_handle *handle)
{
    const co_future *future = &handle->future;

    if (future->class == &co_task_class)
        return co_task_of(future)->current_error.error;
    if (future->class == &co_generator_class)
        return co_container_of(handle, struct co_generator, handle)
            ->current_error.error;
    return NULL;
}

static bool refers_to(const struct co_handle *handle, const struct co_error *error)
{
    return contains(handle->future.error, error) ||
           contains(current_error_of(handle), error);
}

/* By the code outside all tasks, which keeps the last error it met; or by a handle. */
static bool is_referred_to(const struct co_loop *loop, const struct co_error *error)
{
    const struct co_list *handles;

    if (contains(loop->current_error.error, error))
        return true;
    for (size_t i = 0; (handles = handles_of(loop, i)); i++)
        co_list_each(link, handles)
            if (refers_to(co_container_of(link, struct co_handle, all), error))
                return true;
    return false;
}

unsigned leak_check_errors(const struct co_loop *loop)
{
    unsigned left = 0;

    co_list_each(link, &loop->errors_all)
        left += !is_referred_to(loop, co_container_of(link, struct co_error, all));
    return left;
}

/* ---- stacks and context variables ---------------------------------------- */

static size_t stacks_in_use(const struct co_loop *loop)
{
    size_t in_use = 0;

    for (const struct co_stacks *stacks = loop->stacks; stacks;
         stacks = stacks->other) {
        for (size_t i = 0; i < stacks->mapping_count; i++)
            in_use += stacks->mappings[i].size / stacks->size;
        in_use -= (size_t)(stacks->fresh_end - stacks->fresh) / stacks->size;
        in_use -= stacks->free_count;
    }
    return in_use;
}

/* Every task and generator that is not done may have a stack. */
bool leak_check_stacks(const struct co_loop *loop)
{
    return stacks_in_use(loop) > count_handles(loop);
}

bool leak_check_contextvars(const struct co_loop *loop)
{
    return count_handles(loop) == 0 && !loop->contextvars &&
           !co_list_empty(&loop->contextvars_all);
}
