#include "engine/core/loop_switch.h"

#include <stdlib.h>

#include "engine/core/emit.h"

_Thread_local bool co_future_completes_fast;

/* ---- finding ------------------------------------------------------------- */

static struct co_idle_loop *idle_of(struct co_list *link)
{
    return co_container_of(link, struct co_idle_loop, link);
}

static struct co_idle_loop *find(struct co_loop *loop, uint64_t serial)
{
    co_list_each(link, &loop->idle)
        if (idle_of(link)->serial == serial)
            return idle_of(link);
    return NULL;
}

/* The ready queue of the loop with this mark. A mark is the code of a pending future,
 * which may be negative (future_internal.h). If it is 0, or no idle loop has it: the
 * queue of the current loop.
 */
static struct co_list *queue_of_mark(struct co_loop *loop, int32_t mark)
{
    if (mark)
        co_list_each(link, &loop->idle)
            if (co_serial_mark(idle_of(link)->serial) == abs(mark))
                return &idle_of(link)->ready;
    return &loop->ready;
}

struct co_list *co_ready_queue_of(struct co_loop *loop, const struct co_task_impl *task)
{
    return queue_of_mark(loop, task->handle.future.code);
}

struct co_timer_heap *co_idle_timers_with(struct co_loop *loop, const co_timer *timer)
{
    co_list_each(link, &loop->idle)
        if (co_timer_heap_has(&idle_of(link)->timers, timer))
            return &idle_of(link)->timers;
    return NULL;
}

struct co_list *co_idle_posted(struct co_loop *loop, uint64_t serial)
{
    struct co_idle_loop *idle = find(loop, serial);

    return idle ? &idle->posted : NULL;
}

/* ---- completing across loops --------------------------------------------- */

/* A task resumes in its own loop; other callbacks run in the loop of the future. */
static void distribute(struct co_loop *loop, co_future *future, int32_t mark)
{
    co_list_each(link, &future->callbacks) {
        co_callback *callback = co_container_of(link, co_callback, link);
        co_list_remove(link);
        co_list_append(callback->run == co_task_step
                           ? co_ready_queue_of(loop, co_task_of_step(callback))
                           : queue_of_mark(loop, mark),
                       link);
    }
}

void co_future_complete_slowly(co_future *future, enum co_state state, int code,
                               struct co_error *error)
{
    struct co_loop *loop = co_loop_now;
    int32_t mark = future->code;

    co_future_set_outcome(future, state, code, error);
    if (!loop) {
        co_list_init(&future->callbacks);
        return;
    }
    if (co_is_observed(loop))
        co_emit_wakes(loop, future);
    if (co_list_empty(&loop->idle))
        co_list_splice(&loop->ready, &future->callbacks);
    else
        distribute(loop, future, mark);
}

/* ---- switching ----------------------------------------------------------- */

/* Set the code of all pending handles. It is 0 in the current loop, and the loop's mark
 * in an idle one: so a task of another loop gets an error if it waits for the handle.
 */
static void mark_handles(struct co_list *handles, int32_t code)
{
    co_list_each(link, handles) {
        struct co_handle *handle = co_container_of(link, struct co_handle, all);
        if (co_is_pending(&handle->future))
            handle->future.code = code;
    }
}

/* Move the state of the current loop to a new idle loop. The caller then overwrites the
 * fields that were copied.
 */
static void suspend(struct co_loop *loop)
{
    struct co_idle_loop *idle = co_alloc(sizeof(*idle));

    co_inbox_take(loop);
    *idle = (struct co_idle_loop){
        .serial = loop->serial,
        .timers = loop->timers,
        .handler = loop->handler,
        .extensions = co_extensions_take_own(loop),
        .slow = loop->slow,
        .debug = loop->debug,
        .closed = loop->closed,
        .has_run = loop->has_run,
        .stopping = loop->stopping,
        .skipped_callback = loop->skipped_callback,
        .asyncgens_shut_down = loop->asyncgens_shut_down,
    };
    co_list_init(&idle->ready);
    co_list_init(&idle->posted);
    co_list_init(&idle->handles);
    co_list_init(&idle->owns);
    co_list_splice(&idle->ready, &loop->ready);
    co_list_splice(&idle->handles, &loop->handles);
    co_list_splice(&idle->owns, &loop->program.owns);
    mark_handles(&idle->handles, co_serial_mark(idle->serial));
    co_inbox_lock(loop);
    co_list_append(&loop->idle, &idle->link);
    co_inbox_unlock(loop);
}

static void begin_new(struct co_loop *loop, uint64_t serial)
{
    co_inbox_lock(loop);
    loop->serial = loop->inbox.serial = serial;
    co_inbox_unlock(loop);
    /* All loops number their timers in one sequence, since threads that sleep are
     * compared with the timers of each (block.h).
     */
    loop->timers = (struct co_timer_heap){ .order = loop->timers.order };
    loop->handler = loop->ended_handler = NULL;
    loop->slow = CO_SLOW_CALLBACK;
    loop->debug = loop->debug_usual;
    loop->closed = loop->has_run = loop->stopping = false;
    loop->skipped_callback = loop->asyncgens_shut_down = false;
}

static void resume(struct co_loop *loop, struct co_idle_loop *idle)
{
    co_inbox_lock(loop);
    co_list_remove(&idle->link);
    loop->serial = loop->inbox.serial = idle->serial;
    co_list_each(posted, &idle->posted)
        co_contextvars_adopt(loop,
                             co_container_of(posted, co_callback, link)->contextvars);
    co_list_splice(&idle->ready, &idle->posted);
    co_inbox_unlock(loop);
    mark_handles(&idle->handles, 0);
    co_list_splice(&loop->ready, &idle->ready);
    co_list_splice(&loop->handles, &idle->handles);
    co_list_splice(&loop->program.owns, &idle->owns);
    idle->timers.order = loop->timers.order;
    loop->timers = idle->timers;
    loop->handler = idle->handler;
    co_extensions_give_own(loop, idle->extensions);
    loop->slow = idle->slow;
    loop->debug = idle->debug;
    loop->closed = idle->closed;
    loop->has_run = idle->has_run;
    loop->stopping = idle->stopping;
    loop->skipped_callback = idle->skipped_callback;
    loop->asyncgens_shut_down = idle->asyncgens_shut_down;
    free(idle);
}

/* An idle loop has no futures if it never ran and has no tasks. */
static bool can_have_futures(const struct co_idle_loop *idle)
{
    return idle->has_run || !co_list_empty(&idle->handles);
}

void co_loop_choose_speed(struct co_loop *loop)
{
    bool fast = !loop->observer;

    co_list_each(link, &loop->idle)
        fast = fast && !can_have_futures(idle_of(link));
    co_future_completes_fast = fast;
}

void co_loop_switch(struct co_loop *loop, uint64_t serial)
{
    if (loop->serial == serial)
        return;
    struct co_idle_loop *next = find(loop, serial);
    if (loop->closed) /* a closed loop may still have new tasks */
        co_loop_discard(loop);
    suspend(loop);
    if (next)
        resume(loop, next);
    else
        begin_new(loop, serial);
    co_loop_choose_speed(loop);
}

bool co_loop_leave(struct co_loop *loop)
{
    struct co_idle_loop *next = find(loop, loop->program_serial);
    struct co_list kept;

    if (co_list_empty(&loop->idle))
        return false;
    if (!next)
        next = idle_of(loop->idle.next);
    co_list_init(&kept);
    co_list_splice(&kept, &loop->handles);
    co_timer_heap_finish(&loop->timers);
    co_extensions_spare_own(loop);
    loop->ended_handler = loop->handler;
    resume(loop, next);
    co_list_splice(&loop->handles, &kept);
    co_loop_choose_speed(loop);
    return true;
}
