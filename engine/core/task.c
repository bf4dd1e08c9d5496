#include "engine/task.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/core/emit.h"
#include "engine/core/loop_switch.h"
#include "engine/core/proxy.h"

/* ---- making -------------------------------------------------------------- */

static co_cold void emit_of_other(struct co_loop *loop, co_trace_event_kind kind,
                                  const co_task *other)
{
    co_emit(loop, &(co_trace_event){
                      .kind = kind,
                      .task = co_task_or_null(loop->current),
                      .other = other,
                      .what = loop->cause.what,
                  });
}

/* The pool of stacks of this size, which is made at its first use. */
static struct co_stacks *stacks_of_size(struct co_loop *loop, size_t usable)
{
    struct co_stacks *stacks = loop->stacks;

    if (usable == 0)
        return stacks;
    for (; stacks; stacks = stacks->other)
        if (stacks->size == co_stack_slot_size(usable))
            return stacks;
    stacks = co_alloc(sizeof(*stacks));
    co_stacks_init(stacks, usable, loop->stacks->measure);
    stacks->other = loop->stacks->other;
    loop->stacks->other = stacks;
    return stacks;
}

static void *frame_new(size_t size)
{
    struct co_frame *frame = co_alloc(sizeof(*frame) + size);

    frame->size = size;
    return frame->bytes;
}

static void frame_free(struct co_task_impl *task)
{
    if (task->has_proxies)
        co_proxies_forget_frame(co_loop_now, task);
    free(co_container_of(task->frame, struct co_frame, bytes));
}

static void init_task(struct co_loop *loop, struct co_task_impl *task, co_fn *fn,
                      const char *fn_name)
{
    co_handle_prepare(&task->handle, &co_task_class);
    task->handle.refs++; /* its own, until it is done */
    task->handle.id = loop->spawned++;
    task->step.run = co_task_step;
    task->step.contextvars = co_contextvars_keep(co_contextvars_here(loop));
    task->waiting = NULL;
    task->stack = NULL;
    task->turns = task->requests = task->number = 0;
    task->must_cancel = task->cancel_in_progress = false;
    task->start = CO_START_SKIPS_BODY;
    task->is_main = loop->in_main;
    task->has_proxies = false;
    task->fn = fn;
    task->fn_name = fn_name;
    task->calls = NULL;
    task->current_error = (struct co_current_error){};
    co_list_init(&task->children.owns);
}

/* Whether an eager task gets its name only after its first turn. */
static inline bool is_named_late(const struct co_loop *loop, bool name_first)
{
    return !name_first && !co_asyncio_at_least(loop, 314);
}

/* Whether the task uses up an N of Task-N. Before 313 a named task does as well. From
 * 313 on it does only if it gets its name after it was made.
 */
static inline bool takes_number(const struct co_loop *loop, const char *name,
                                bool named_late)
{
    return !name || !co_asyncio_at_least(loop, 313) || named_late;
}

static co_cold void start_eagerly(struct co_loop *loop, struct co_task_impl *task,
                                  const char *late_name)
{
    co_ref(&task->handle.future);
    co_task_run_eagerly(loop, task);
    if (late_name)
        co_set_name(&task->handle.future, late_name);
    co_unref(&task->handle.future);
}

co_task *co_spawn_copy(co_spawn_options options, co_fn *fn, const char *fn_name,
                       const void *frame, size_t size)
{
    struct co_loop *loop = co_loop_here("co_spawn");
    struct co_task_impl *task = co_slab_take(&loop->records);
    bool eager = (options.eager || loop->eager) && loop->running;
    bool named_late = eager && is_named_late(loop, options.name_first);

    init_task(loop, task, fn, fn_name);
    task->frame = size > CO_INLINE_FRAME ? frame_new(size) : task->inline_frame;
    if (size)
        memcpy(task->frame, frame, size);
    task->stacks = stacks_of_size(loop, options.stack_size);
    if (takes_number(loop, options.name, named_late))
        task->number = ++loop->numbers;
    if (options.name && !named_late)
        co_set_name(&task->handle.future, options.name);
    if (!eager)
        co_ready(loop, &task->step);
    if (co_is_observed(loop))
        emit_of_other(loop, CO_SPAWN, &task->handle.future);
    if (eager)
        start_eagerly(loop, task, named_late ? options.name : NULL);
    return &task->handle.future;
}

static void free_task(co_future *future)
{
    struct co_task_impl *task = co_task_of(future);

    if (!co_list_empty(&task->children.owns))
        co_owner_finish(&task->children);
    if (task->current_error.error)
        co_error_drop(task->current_error.error);
    co_contextvars_drop(task->step.contextvars);
    if (!task->is_main && task->frame != task->inline_frame)
        frame_free(task);
    free((char *)future->name);
    if (task->stack) { /* abandoned */
        co_context_forget(&task->context);
        co_stack_give(task->stacks, task->stack);
    }
    co_slab_give(&co_loop_now->records, task);
}

/* ---- as a future --------------------------------------------------------- */

static void describe_join(const co_future *future, co_trace_event *record)
{
    record->other = future;
}

const struct co_future_class co_task_class = {
    .what = "join",
    .python = "Task",
    .describe = describe_join,
    .free = free_task,
};

unsigned co_cancelling(const co_task *task) { return co_task_of(task)->requests; }

unsigned co_uncancel(co_task *task)
{
    struct co_task_impl *record = co_task_of(task);

    if (record->requests > 0 && --record->requests == 0 &&
        co_asyncio_at_least(co_loop_now, 313))
        record->must_cancel = false;
    return record->requests;
}

/* ---- asking -------------------------------------------------------------- */

co_task *co_self(void)
{
    struct co_loop *loop = co_loop_now;

    return loop && loop->current ? &loop->current->handle.future : NULL;
}

void *co_frame_of(co_task *task) { return co_task_of(task)->frame; }

const char *co_name(const co_task *task)
{
    struct co_task_impl *record = co_task_of(task);

    if (!task->name) {
        char name[sizeof("Task-4294967295")];
        snprintf(name, sizeof(name), "Task-%u", record->number);
        record->handle.future.name = co_strdup(name);
    }
    return task->name;
}

struct co_task_impl *co_unfinished_task(struct co_list *link)
{
    struct co_handle *handle = co_container_of(link, struct co_handle, all);

    if (handle->future.class != &co_task_class || co_done(&handle->future))
        return NULL;
    return co_task_of(&handle->future);
}

const co_task *co_task_with_id(uint32_t id)
{
    co_list_each(link, &co_loop_now->handles) {
        struct co_handle *handle = co_container_of(link, struct co_handle, all);
        if (handle->future.class == &co_task_class && handle->id == id)
            return &handle->future;
    }
    return NULL;
}

void co_set_name(co_task *task, const char *name)
{
    char *copy = co_strdup(name);

    free((char *)task->name);
    task->name = copy;
}

const char *co_function(const co_task *task) { return co_task_of(task)->fn_name; }

int co_id(const co_task *task) { return (int)co_handle_of((co_task *)task)->id; }

unsigned co_turns(const co_task *task) { return co_task_of(task)->turns; }

bool co_is_main(const co_task *task) { return co_task_of(task)->is_main; }

size_t co_stack_used(const co_task *task)
{
    const struct co_task_impl *record = co_task_of(task);

    return record->stack && record->stacks->measure
               ? co_stack_high_water(record->stacks, record->stack)
               : 0;
}

/* ---- co_call() ----------------------------------------------------------- */

void co_call_begin(co_calling *calling, const char *function)
{
    struct co_loop *loop = co_loop_now;

    calling->task = loop ? loop->current : NULL;
    calling->function = function;
    if (!calling->task)
        return;
    calling->outer = calling->task->calls;
    calling->task->calls = calling;
}

void co_call_end(co_calling *calling)
{
    /* In a generator the call may end in another task than it began in. */
    if (calling->task)
        co_loop_now->current->calls = calling->outer;
}
