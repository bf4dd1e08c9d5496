/* task_internal.h — the record of a task. (Private to the engine.)
 */
#ifndef CO_TASK_INTERNAL_H
#define CO_TASK_INTERNAL_H

#include "engine/core/contextvar_internal.h"
#include "engine/core/future_internal.h"
#include "engine/system/context.h"
#include "engine/system/stack.h"
#include "engine/task.h"

enum { CO_INLINE_FRAME = 16 };

/* The body of a generator, which a task runs on the generator's stack. */
struct co_nested {
    struct co_owner children; /* it owns what it makes, and the task does not */
    char *stack;              /* its slot; NULL: it has none now */
    struct co_stacks *stacks;
    const char *fn_name;
    const void *frame; /* its arguments */
    size_t frame_size;
    bool has_proxies; /* it has queued callbacks that lie in its memory; see proxy.h */
};

/* What happens to a task that is cancelled before its first turn. */
enum co_start {
    CO_START_SKIPS_BODY, /* the body never runs, as in asyncio */
    CO_START_RUNS_BODY,  /* the body runs, with the cancellation as its current error */
    CO_START_CLOSES      /* the same, and its first wait returns CO_ECLOSE instead of a
                            result */
};

/* A switch uses the first cache line only. At most 256 bytes in all. */
struct co_task_impl {
    co_callback step; /* on the ready queue, or among the callbacks of what it waits
                         for; its context variables are those of the task */
    struct co_context context;
    co_future *waiting; /* for this; NULL: it runs, or is ready */
    char *stack;        /* its slot; NULL: it has not started, or is done */
    uint32_t turns;
    bool must_cancel;
    bool cancel_in_progress; /* a cancellation passes through it to what it awaits */
    bool is_main : 1;
    bool has_proxies : 1; /* as that of struct co_nested */
    uint8_t start;        /* enum co_start */
    uint32_t requests;    /* to cancel it, not taken back */
    uint32_t number;      /* the N of Task-N */

    /* The task as a future. Until it is done, the error of the future is the message of
     * the cancellation that has not arrived yet. Its name is that of the task; NULL:
     * Task-N.
     */
    struct co_handle handle;
    union {
        co_fn *fn;                /* before it starts */
        struct co_nested *nested; /* then: the generator it runs; NULL: none */
    };
    void *frame;
    struct co_stacks *stacks; /* the pool of its stack */
    struct co_owner children;
    struct co_current_error current_error; /* when it is done: the message of the last
                                              request that it got */
    const char *fn_name;
    co_calling *calls; /* by co_call(), innermost first; NULL: none */
    char inline_frame[CO_INLINE_FRAME];
};

#if !defined(CO_ASAN) && !defined(CO_TSAN)
_Static_assert(sizeof(struct co_task_impl) <= 256, "a task costs its page and this");
#endif

static inline struct co_task_impl *co_task_of(const co_task *task)
{
    return co_container_of(task, struct co_task_impl, handle.future);
}

extern const struct co_future_class co_task_class;

/* The frame of a task: its arguments, if they are longer than inline_frame. */
struct co_frame {
    size_t size;
    _Alignas(max_align_t) char bytes[];
};

/* The size of the frame if it is freed with the task and not part of it; else 0. */
static inline size_t co_task_frame_size(const struct co_task_impl *task)
{
    return task->is_main || task->frame == task->inline_frame
               ? 0
               : co_container_of(task->frame, struct co_frame, bytes)->size;
}

/* The `run` of a task's step. A callback on the ready queue with this function is a
 * task.
 */
void co_task_step(co_callback *step);

static inline struct co_task_impl *co_task_of_step(co_callback *step)
{
    return co_container_of(step, struct co_task_impl, step);
}

/* The task of this link (co_handle.all); NULL: it is no task, or is done. */
struct co_task_impl *co_unfinished_task(struct co_list *link);

/* The task of this id; NULL: it exists no more. Searches all handles. */
co_cold const co_task *co_task_with_id(uint32_t id);

static inline const co_task *co_task_or_null(const struct co_task_impl *task)
{
    return task ? &task->handle.future : NULL;
}

#endif
