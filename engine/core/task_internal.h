/* task_internal.h — tasks and generators from the inside. (Private to the engine.)
 */
#ifndef CO_TASK_INTERNAL_H
#define CO_TASK_INTERNAL_H

#include "engine/contextvar.h"
#include "engine/core/future_internal.h"
#include "engine/system/context.h"
#include "engine/system/stack.h"
#include "engine/task.h"

/* ---- context variables --------------------------------------------------- */

/* Values that were set, last one first. Never changed, so that tasks can share it. */
struct co_contextvars {
    struct co_list all; /* link: of co_loop.bindings; of none in other threads */
    unsigned refs;
    const co_contextvar *variable;
    const void *value;
    struct co_contextvars *before;
};

co_cold void co_contextvars_free(struct co_contextvars *values);

static inline struct co_contextvars *co_contextvars_keep(struct co_contextvars *values)
{
    if (values)
        values->refs++;
    return values;
}

static inline void co_contextvars_drop(struct co_contextvars *values)
{
    if (values && --values->refs == 0)
        co_contextvars_free(values);
}

/* The values whoever runs now sees, for another thread, which alone holds them; and
 * taken over by the loop from such a thread.
 */
struct co_contextvars *co_contextvars_copy(void);
void co_contextvars_adopt(struct co_loop *loop, struct co_contextvars *values);
void co_contextvars_finish(struct co_loop *loop); /* whoever holds them */

/* In a thread of an executor: those its function sees. */
extern _Thread_local struct co_contextvars *co_thread_contextvars;

/* ---- tasks --------------------------------------------------------------- */

enum { CO_INLINE_FRAME = 16 };

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
    uint8_t closing;         /* enum co_aclosing */
    uint32_t requests;
    uint32_t number; /* the N of Task-N */

    /* The task as a future. Until it is done its error is the message of the cancel
     * that is under way; its name is that of the task, NULL: Task-N, not asked for yet.
     */
    struct co_handle handle;
    union {
        co_fn *fn;                   /* until it has started; then */
        struct co_generator *inside; /* what it runs, if not its own function */
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

/* ---- generators ---------------------------------------------------------- */

enum co_generator_state { CO_NOT_STARTED, CO_AT_YIELD, CO_IN_USE, CO_EXHAUSTED };

/* While a task runs a generator, the context in the task's record is that of the
 * generator's stack, and the one here that of the stack it was entered from.
 */
struct co_generator {
    struct co_handle handle;
    struct co_list all;         /* link: of co_loop.generators, once it was asked */
    struct co_context aside;    /* of its own stack, or of who runs it: see above */
    struct co_generator *outer; /* what runs it; NULL: a task does by itself */
    struct co_owner children;
    struct co_current_error
        current_error;          /* the last error it met, while it is at a yield, */
    co_calling calling, *calls; /* and what it is in */
    char *stack;                /* its slot; NULL: not started, or exhausted */
    struct co_stacks *stacks;
    co_fn *fn;
    const char *fn_name;
    co_callback finalizer;
    uint8_t state;                /* enum co_generator_state */
    bool asked, closed, outlived; /* closed: was asked to; outlived: its last holder */
    _Alignas(max_align_t) char frame[];
};

/* What a task does that runs aclose(). Cancelled before its first turn it runs all the
 * same, and the cancellation arrives in the generator. In CPython before 313 the
 * closing proper follows late: in place of the first result the generator waits for.
 * A task of a coroutine that was used before runs all the same, too.
 */
enum co_aclosing { CO_CLOSES_NOTHING, CO_CLOSES, CO_CLOSES_LATE };

extern const struct co_future_class co_generator_class;

static inline struct co_generator *co_generator_of(co_future *future)
{
    return co_container_of(future, struct co_generator, handle.future);
}

/* Its loop is closed: wherever it stands, it goes no further. */
void co_generator_abandon(struct co_generator *generator);

/* A task that closes it. */
co_task *co_generator_closing(struct co_generator *generator);

/* co_throw() of an error the running task has met. */
co_checked int co_generator_throw(struct co_generator *generator, int code);

/* It is asked for the first time although the loop has closed its generators. */
co_cold void co_generator_warn_late(const struct co_generator *generator);

#endif
