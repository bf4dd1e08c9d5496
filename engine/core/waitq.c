#include "engine/core/waitq.h"

#include <ctype.h>

#include "engine/core/emit.h"
#include "engine/system/fatal.h"

int co_bound_elsewhere(const struct co_future_class *class)
{
    return co_raise(CO_ERUNTIME, "%c%s is bound to a different event loop",
                    toupper((unsigned char)class->what[0]), &class->what[1]);
}

/* A waiter is on the stack that its task runs on. Another future may have been freed by
 * the end of a run, so it must not be read: only its address is compared.
 */
struct co_waiter *co_waiter_of_task(const struct co_task_impl *task)
{
    const char *waiting = (const char *)task->waiting;
    const struct co_nested *nested = task->stack ? task->nested : NULL;
    const char *stack = nested ? nested->stack : task->stack;
    size_t size = nested ? nested->stacks->size : task->stacks->size;

    if (!waiting || !stack || waiting < stack || waiting >= stack + size ||
        !task->waiting->is_waiter)
        return NULL;
    return co_container_of(task->waiting, struct co_waiter, future);
}

/* ---- the end of a primitive ---------------------------------------------- */

void co_waitq_fatal(const char *what, const char *name, const struct co_task_impl *task,
                    const char *verb)
{
    co_fatal("%s%s%s%s ends while %s (%s) still %s it: what tasks share has to outlive "
             "them, so put it into the frame of main (co_run_with)",
             what, name ? " '" : "", name ? name : "", name ? "'" : "",
             co_label(&task->handle.future), task->fn_name, verb);
}

static bool waits_for(const struct co_task_impl *task, const void *object)
{
    const struct co_waiter *waiter = co_waiter_of_task(task);

    return waiter && waiter->object == object;
}

static const struct co_task_impl *find_in_all(const struct co_loop *loop,
                                              const void *object)
{
    co_list_each(link, &loop->handles) {
        const struct co_task_impl *task = co_unfinished_task(link);
        if (task && waits_for(task, object))
            return task;
    }
    return NULL;
}

static const struct co_task_impl *find_in_queue(const struct co_list *ready,
                                                const void *object)
{
    co_list_each(link, ready) {
        co_callback *callback = co_container_of(link, co_callback, link);
        if (callback->run == co_task_step &&
            waits_for(co_task_of_step(callback), object))
            return co_task_of_step(callback);
    }
    return NULL;
}

void co_waitq_finish(const char *what, const char *name, const void *object,
                     const struct co_list *const waiters[], size_t lists)
{
    const struct co_loop *loop = co_loop_now;
    const struct co_task_impl *task = NULL;

    if (!loop)
        return;
    for (size_t i = 0; !task && i < lists; i++)
        if (!co_list_empty(waiters[i]))
            task = find_in_all(loop, object);
    /* A queue removes a waiter from its list when it wakes it. */
    if (!task)
        task = find_in_queue(&loop->batch, object);
    if (!task)
        task = find_in_queue(&loop->ready, object);
    if (task)
        co_waitq_fatal(what, name, task, "waits for");
}

void co_waitq_check_stack(const struct co_loop *loop, const char *stack, size_t size)
{
    co_list_each(link, &loop->handles) {
        const struct co_task_impl *task = co_unfinished_task(link);
        const struct co_waiter *waiter = task ? co_waiter_of_task(task) : NULL;
        const char *object = waiter ? waiter->object : NULL;
        if (object && object >= stack && object < stack + size)
            co_waitq_fatal(waiter->future.class->what, waiter->future.name, task,
                           "waits for");
    }
}
