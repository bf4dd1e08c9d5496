/* task_internal.h — a task from the inside. (Private to the engine.)
 */
#ifndef CO_TASK_INTERNAL_H
#define CO_TASK_INTERNAL_H

#include "engine/core/contextvar_internal.h"
#include "engine/core/future_internal.h"
#include "engine/system/context.h"
#include "engine/system/stack.h"
#include "engine/task.h"

enum { CO_INLINE_FRAME = 16 };

/* What a task runs on a stack other than its own: the body of a generator. */
struct co_nested {
    struct co_owner children; /* what it makes is its own, not the task's */
    char *stack;              /* its slot; NULL: none now */
    struct co_stacks *stacks;
    const char *fn_name;
};

/* What becomes of a task that is cancelled before its first turn. */
enum co_start {
    CO_START_SKIPS_BODY, /* the body never runs, as in asyncio */
    CO_START_RUNS_BODY,  /* the body runs all the same, with the cancellation as its
                            current error: it has to close something */
    CO_START_CLOSES /* and the first result it waits for is replaced by CO_ECLOSE */
};

/* The first line of the cache is what a switch needs; 256 bytes in all. */
struct co_task_impl {
    co_callback step; /* on a ready queue, or among what it waits for; its values
                         are those of the task */
    struct co_context context;
    co_future *waiting; /* what it waits for; NULL: it runs, or is ready */
    char *stack;        /* its slot; NULL: not started, or ended */
    uint32_t turns;
    bool must_cancel, is_main;
    bool cancel_in_progress; /* a cancellation passes through it, to what it awaits */
    uint8_t start;           /* enum co_start */
    uint32_t requests;
    uint32_t number; /* the N of Task-N */

    /* The task as a future. Until it is done its error is the message of the cancel
     * that is under way; its name is that of the task, NULL: Task-N, not asked for yet.
     */
    struct co_handle handle;
    union {
        co_fn *fn;                /* until it has started; then */
        struct co_nested *nested; /* what it runs on another stack; NULL: nothing */
    };
    void *frame;
    struct co_stacks *stacks; /* the pool the slot is of */
    struct co_owner children;
    struct co_current_error current_error; /* the last error it met; after its end the
                                message of the last cancel that it took itself */
    const char *fn_name;
    co_calling *calls; /* it is in, innermost first; NULL: in its own function alone */
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

/* What a task's `step` runs: tells a task on the ready queue from a callback. */
void co_task_step(co_callback *step);

static inline struct co_task_impl *co_task_of_step(co_callback *step)
{
    return co_container_of(step, struct co_task_impl, step);
}

/* A handle that is a task and not done; else NULL. `link`: co_handle.all. */
struct co_task_impl *co_unfinished_task(struct co_list *link);

/* The task of this id, if it still exists; else NULL. Searches all handles. */
co_cold const co_task *co_task_with_id(uint32_t id);

static inline const co_task *co_task_or_null(const struct co_task_impl *task)
{
    return task ? &task->handle.future : NULL;
}

#endif
