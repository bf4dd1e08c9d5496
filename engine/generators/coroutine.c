#include "engine/coroutine.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/core/emit.h"

enum use { UNUSED, AWAITED, MADE_A_TASK, USED };

struct co_coroutine {
    struct co_handle handle;
    co_fn *fn;
    const char *fn_name;
    size_t size;
    enum use use;
    uint32_t task; /* the id of the task that awaits it, or that was made of it */
    _Alignas(max_align_t) char frame[];
};

static struct co_coroutine *coroutine_of(co_future *future)
{
    return co_container_of(future, struct co_coroutine, handle.future);
}

/* ---- making and unmaking ------------------------------------------------- */

static void emit_never_awaited(const struct co_coroutine *coroutine)
{
    struct co_loop *loop = co_loop_now;
    char *text = NULL;

    if (!co_is_observed(loop) ||
        asprintf(&text, "coroutine '%s' was never awaited", coroutine->fn_name) < 0)
        return;
    co_emit(loop, &(co_trace_event){
                      .kind = CO_NOTE,
                      .task = co_task_or_null(loop->current),
                      .what = "never-awaited",
                      .text = text,
                  });
    free(text);
}

static void free_coroutine(co_future *future)
{
    struct co_coroutine *coroutine = coroutine_of(future);

    if (coroutine->use == UNUSED)
        emit_never_awaited(coroutine);
    free(coroutine);
}

co_coroutine *co_create_copy(co_fn *fn, const char *fn_name, const void *frame,
                             size_t size)
{
    static const struct co_future_class class = {
        .what = "coroutine",
        .free = free_coroutine,
    };
    co_loop_here("co_create");
    struct co_coroutine *coroutine = co_alloc(sizeof(*coroutine) + size);

    co_handle_prepare(&coroutine->handle, &class);
    /* Not pending, so that a kept one survives the end of a run. */
    coroutine->handle.future.state = CO_HAS_RESULT;
    coroutine->fn = fn;
    coroutine->fn_name = fn_name;
    coroutine->size = size;
    coroutine->use = UNUSED;
    memcpy(coroutine->frame, frame, size);
    return coroutine;
}

co_coroutine *co_coroutine_keep(co_coroutine *coroutine)
{
    co_keep(&coroutine->handle.future);
    return coroutine;
}

void co_coroutine_drop(co_coroutine *coroutine)
{
    if (coroutine)
        co_drop(&coroutine->handle.future);
}

void co_coroutine_release(co_coroutine **coroutine) { co_coroutine_drop(*coroutine); }

void *co_coroutine_frame_of(co_coroutine *coroutine) { return coroutine->frame; }

const char *co_coroutine_function(const co_coroutine *coroutine)
{
    return coroutine->fn_name;
}

/* ---- using --------------------------------------------------------------- */

/* The task that awaits it or runs it; NULL: none. */
static const co_task *task_of(const struct co_coroutine *coroutine)
{
    if (coroutine->use != AWAITED && coroutine->use != MADE_A_TASK)
        return NULL;
    const co_task *task = co_task_with_id(coroutine->task);

    return task && !co_done(task) ? task : NULL;
}

/* The body of a task whose coroutine was used before. It runs even if the task is
 * cancelled.
 */
static int reused(void *)
{
    return co_raise(CO_ERUNTIME, "cannot reuse already awaited coroutine");
}

static void fail_as_reused(const co_task *task)
{
    co_task_of(task)->fn = reused;
    co_task_of(task)->start = CO_START_RUNS_BODY;
}

static int refuse(const struct co_coroutine *coroutine)
{
    const co_task *task = task_of(coroutine);

    if (!task)
        return reused(NULL);
    return task == co_self()
               ? co_raise(CO_EVALUE, "coroutine already executing")
               : co_raise(CO_ERUNTIME, "coroutine is being awaited already");
}

/* If a task was made of it that has not started, make it unused again: that task will
 * fail.
 */
static void take_from_task(struct co_coroutine *coroutine)
{
    const co_task *task = coroutine->use == MADE_A_TASK ? task_of(coroutine) : NULL;

    if (!task || co_turns(task) > 0)
        return;
    fail_as_reused(task);
    coroutine->use = UNUSED;
}

int co_await(co_coroutine *coroutine)
{
    const struct co_task_impl *task = co_task_here(co_loop_now, __func__);
    finally(co_call_end) co_calling calling;

    co_call_begin(&calling, coroutine->fn_name);
    take_from_task(coroutine);
    if (coroutine->use != UNUSED)
        return refuse(coroutine);
    co_ref(&coroutine->handle.future);
    coroutine->use = AWAITED;
    coroutine->task = task->handle.id;
    int r = coroutine->fn(coroutine->frame);
    coroutine->use = USED;
    co_unref(&coroutine->handle.future);
    return r;
}

co_task *co_spawn_coroutine(co_spawn_options options, co_coroutine *coroutine)
{
    co_loop_here(__func__);
    if (coroutine->use != UNUSED) {
        co_task *task = co_spawn_copy(options, reused, coroutine->fn_name,
                                      coroutine->frame, coroutine->size);
        if (!co_done(task))
            fail_as_reused(task);
        return task;
    }
    /* An eager task runs now, and may use or drop this coroutine. */
    co_ref(&coroutine->handle.future);
    coroutine->use = USED;
    co_task *task = co_spawn_copy(options, coroutine->fn, coroutine->fn_name,
                                  coroutine->frame, coroutine->size);
    coroutine->use = MADE_A_TASK;
    coroutine->task = co_handle_of(task)->id;
    co_unref(&coroutine->handle.future);
    return task;
}

int co_coroutine_close(co_coroutine *coroutine)
{
    take_from_task(coroutine);
    if (task_of(coroutine))
        return refuse(coroutine);
    coroutine->use = USED;
    return 0;
}
