/* shutdown.c — what asyncio.run() does after main has ended. */
#include <stdlib.h>

#include "engine/core/emit.h"
#include "engine/core/loop_switch.h"
#include "engine/core/waitq.h"

/* ---- tasks that are left ------------------------------------------------- */

/* The tasks that are not done, in order of creation, with a reference to each. */
static size_t find_leftovers(struct co_loop *loop, co_task ***ret_left)
{
    size_t count = 0, room = 0;
    co_task **left = NULL;

    co_list_each(link, &loop->handles) {
        struct co_task_impl *task = co_unfinished_task(link);
        if (!task)
            continue;
        if (count == room)
            left = co_realloc(left, (room = room ? 2 * room : 16) * sizeof(*left));
        left[count++] = &task->handle.future;
        co_ref(&task->handle.future);
    }
    *ret_left = left;
    return count;
}

static void report_failed(co_task *task)
{
    co_call_exception_handler(&(co_exception_context){
        .kind = "shutdown",
        .message = "unhandled exception during asyncio.run() shutdown",
        .code = task->code,
        .error = task->error,
        .task = task,
    });
}

/* gather(*tasks, return_exceptions=True). The core does not know compose/gather.c, so
 * it has its own. `future` completes in the iteration after the last task is done.
 */
struct all_done {
    co_future future;
    size_t left;
    struct watch {
        co_callback callback;
        struct all_done *all;
    } watches[];
};

static void on_one_done(co_callback *callback)
{
    struct all_done *all = co_container_of(callback, struct watch, callback)->all;

    if (--all->left == 0)
        co_future_complete(&all->future, CO_HAS_RESULT, 0, NULL);
}

static int run_until_all_done(struct co_loop *loop, co_task *const tasks[],
                              size_t count)
{
    struct all_done *all = co_alloc(sizeof(*all) + count * sizeof(struct watch));

    co_future_init(&all->future);
    all->left = count;
    for (size_t i = 0; i < count; i++) {
        all->watches[i] = (struct watch){ { .run = on_one_done }, all };
        co_future_add_callback(tasks[i], &all->watches[i].callback);
    }
    int r = co_loop_run_until(loop, &all->future);
    for (size_t i = 0; i < count; i++) {
        co_callback_cancel(&all->watches[i].callback);
        if (r == 0)
            co_future_mark_retrieved(tasks[i]);
    }
    free(all);
    return r;
}

/* asyncio's _cancel_all_tasks(): cancel all tasks, and iterate until all are done. */
static int cancel_leftovers(struct co_loop *loop)
{
    co_task **left;
    size_t count = find_leftovers(loop, &left);

    for (size_t i = 0; i < count; i++)
        co_cancel(left[i]);
    int r = count ? run_until_all_done(loop, left, count) : 0;
    /* If an error has ended the loop, the references are not released: the caller
     * discards the loop next, which frees the tasks.
     */
    for (size_t i = 0; r == 0 && i < count; i++) {
        if (left[i]->state == CO_HAS_FAILED)
            report_failed(left[i]);
        co_unref(left[i]);
    }
    free(left);
    return r;
}

/* asyncio.run() ends by running two coroutines: the shutdown of asynchronous generators
 * and that of the executor. Even if there is nothing to shut down, each takes a task
 * number and an iteration.
 */
struct empty_coroutine {
    co_callback callback;
    co_future future;
};

static void complete(co_callback *callback)
{
    struct empty_coroutine *empty =
        co_container_of(callback, struct empty_coroutine, callback);

    co_future_complete(&empty->future, CO_HAS_RESULT, 0, NULL);
}

static int run_empty_coroutine(struct co_loop *loop)
{
    struct empty_coroutine empty = { .callback.run = complete };

    co_future_init(&empty.future);
    loop->numbers++;
    co_ready(loop, &empty.callback);
    int r = co_loop_run_until(loop, &empty.future);
    co_callback_cancel(&empty.callback);
    return r;
}

struct shutdown_asyncgens {
};

/* A task may create a generator before this coroutine starts, so the extension is
 * looked up here.
 */
static int shutdown_asyncgens(void *)
{
    struct co_loop *loop = co_loop_now;
    struct co_extension *asyncgens = co_extension_for_step(loop, CO_SHUTDOWN_ASYNCGENS);

    loop->asyncgens_shut_down = true;
    return asyncgens ? asyncgens->class->shut_down(loop, asyncgens) : 0;
}

/* If there is no generator, and no task can create one before the coroutine starts, the
 * coroutine is not spawned; its task number and its iteration are counted.
 */
static int close_asyncgens(struct co_loop *loop)
{
    if (!co_extension_for_step(loop, CO_SHUTDOWN_ASYNCGENS) &&
        co_list_empty(&loop->ready)) {
        loop->asyncgens_shut_down = true;
        return run_empty_coroutine(loop);
    }
    co_task *task = co_spawn(shutdown_asyncgens);
    int r = co_loop_run_until(loop, task);
    co_drop(task);
    return r;
}

static int shut_executor_down(struct co_loop *loop)
{
    struct co_extension *executor = co_extension_for_step(loop, CO_SHUTDOWN_EXECUTOR);

    return executor ? executor->class->shut_down(loop, executor)
                    : run_empty_coroutine(loop);
}

/* As asyncio's Task.__del__(). */
static void emit_abandoned(struct co_loop *loop, co_task *task)
{
    static const char text[] = "Task was destroyed but it is pending!";

    if (loop->handler)
        co_call_exception_handler(&(co_exception_context){
            .kind = "destroyed",
            .message = text,
            .task = task,
        });
    else if (co_is_observed(loop))
        co_emit(loop, &(co_trace_event){
                          .kind = CO_ABANDON,
                          .task = task,
                          .text = text,
                      });
}

/* Unlink all callbacks. Their owners may still cancel them or queue them again. */
static void unlink_all(struct co_list *queue)
{
    co_list_each(link, queue)
        co_list_remove(link);
}

void co_loop_detach_waiters(struct co_loop *loop)
{
    unlink_all(&loop->batch);
    unlink_all(&loop->ready);
    co_list_each(link, &loop->handles) {
        const struct co_task_impl *task = co_unfinished_task(link);
        struct co_waiter *waiter = task ? co_waiter_of_task(task) : NULL;
        if (waiter)
            co_list_remove(&waiter->link);
    }
}

/* Free a handle even if there are references to it. */
static void discard(struct co_handle *handle)
{
    co_list_remove(&handle->all);
    co_list_remove(&handle->owned);
    co_error_drop(handle->future.error);
    handle->future.class->free(&handle->future);
}

/* A pending future of a loop that has ended never completes. It counts as cancelled,
 * and no longer refers to what it waited for or to its callbacks.
 */
static void abandon(co_future *future)
{
    co_list_init(&future->callbacks);
    if (future->class == &co_task_class)
        co_task_of(future)->waiting = NULL;
    future->state = CO_WAS_CANCELLED;
    future->code = CO_EABANDONED;
}

/* End a handle that the program keeps, so that it can outlive the loop. */
static void release(struct co_handle *handle)
{
    co_future *future = &handle->future;

    if (future->class->abandon)
        future->class->abandon(future);
    else if (!co_done(future))
        abandon(future);
    if (handle->owner)
        co_handle_release(handle);
}

void co_loop_discard(struct co_loop *loop)
{
    bool closed = loop->closed;

    co_list_each(link, &loop->handles)
        if (co_unfinished_task(link))
            emit_abandoned(loop, &co_unfinished_task(link)->handle.future);
    /* Nothing below may schedule a callback. */
    loop->closed = true;
    co_inbox_close(loop);
    co_list_splice(&loop->batch, &loop->ready);
    while (!co_list_empty(&loop->batch))
        co_list_remove(loop->batch.next);
    co_timer_heap_clear(&loop->timers);
    loop->skipped_callback = false;
    co_inbox_close_clients(loop);
    co_extensions_loop_closed(loop);
    co_owner_release(&loop->program, false);
    co_list_each(link, &loop->handles) {
        struct co_handle *handle = co_container_of(link, struct co_handle, all);
        if (handle->future.kept)
            release(handle);
        else
            discard(handle);
    }
    loop->closed = closed;
    loop->asyncgens_shut_down = false;
}

void co_loop_finish_handles(struct co_loop *loop)
{
    do {
        co_loop_detach_waiters(loop);
        co_loop_discard(loop);
    } while (co_loop_leave(loop));
    loop->closed = true;
    co_list_each(link, &loop->handles) {
        struct co_handle *handle = co_container_of(link, struct co_handle, all);
        co_list_remove(&handle->owned);
        co_handle_free(&handle->future);
    }
}

/* ---- the whole shutdown -------------------------------------------------- */

/* Each step runs only if the previous one has succeeded. */
static int run_last_steps(struct co_loop *loop)
{
    await(cancel_leftovers(loop));
    await(close_asyncgens(loop));
    return shut_executor_down(loop);
}

/* Returns the outcome `r` of main, unless the shutdown itself ends with an error. */
int co_loop_shut_down(struct co_loop *loop, int r)
{
    struct co_error *reason = co_error_keep(loop->current_error.error);
    int ended = run_last_steps(loop);

    /* The shutdown may have changed the current error: set that of the outcome. */
    if (ended == CO_EDEADLK && r != CO_EDEADLK)
        r = co_deadlock(loop);
    else if (co_error_ends_loop(ended))
        r = co_set_current_error(ended, loop->exit_error);
    else if (ended == CO_ERUNTIME)
        r = ended;
    else if (r < 0)
        co_set_current_error(r, reason);
    co_error_drop(reason);
    return r;
}
