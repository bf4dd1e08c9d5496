/* sched.h — what the engine's files share: the running program, its tasks, and how
 * a task is parked and made ready. (Private to the engine.)
 *
 * Everything a task can wait for is a future. Waiting puts the task among the
 * future's callbacks; completing the future moves them to the ready queue. There is
 * no other way to wait, and but for sleep(0) no other way to become ready.
 */
#ifndef CO_SCHED_H
#define CO_SCHED_H

#include <signal.h>

#include "engine/clock.h"
#include "engine/context.h"
#include "engine/error.h"
#include "engine/heap.h"
#include "engine/loop.h"
#include "engine/memory.h"
#include "engine/observe.h"
#include "engine/poll.h"
#include "engine/run.h"
#include "engine/stack.h"
#include "engine/task.h"

/* What waits inside the engine waits, to a reader of traces, at the line of the
 * program that called it.
 */
#undef CO_AT_
#define CO_AT_ ((void)0)

/* What is seldom needed stays out of line, so that what is needed often keeps few
 * registers and can end in a jump.
 */
#define co_cold __attribute__((noinline, cold))

/* A failure's text, shared by all who pass it on. */
struct co_error {
    struct co_list all; /* link: of co_loop.errors */
    unsigned refs;
    int code;
    char text[];
};

/* ---- futures ---------------------------------------------------------------- */

enum co_state { CO_PENDING, CO_HAS_RESULT, CO_HAS_FAILED, CO_WAS_CANCELLED };

/* What kinds of future differ in. */
struct co_future_class {
    const char *what;                /* the word of a trace: "lock", "join", … */
    bool (*cancel)(co_future *self); /* NULL: completed as cancelled, at once */
    void (*describe)(const co_future *self, co_record *record); /* NULL: nothing */
    void (*free)(co_future *self); /* NULL: not counted, the caller's */
};

/* A future the engine allocates: counted, and owned by the task that made it. */
struct co_handle {
    co_future future;
    struct co_list all;     /* link: of co_loop.handles, in order of creation */
    struct co_list owned;   /* link: of its owner's `owns` */
    struct co_owner *owner; /* NULL: none any more */
    uint32_t refs;
};

struct co_owner {
    struct co_list owns; /* co_handle.owned */
};

static inline void co_future_prepare(co_future *future,
                                     const struct co_future_class *class,
                                     const char *name)
{
    future->class = class;
    co_list_init(&future->callbacks);
    future->error = NULL;
    future->name = name;
    future->code = CO_ESTATE;
    future->state = CO_PENDING;
    future->unseen = false;
}

static inline bool co_is_pending(const co_future *future)
{
    return future->state == CO_PENDING;
}

co_cold int co_future_failed(co_future *future);

/* Its outcome, for the running task: a result, or an error it now knows of. */
static inline int co_future_outcome(co_future *future)
{
    return __builtin_expect(future->state == CO_HAS_RESULT, 1)
               ? future->code
               : co_future_failed(future);
}

/* Make a handle of the running task's, or of the program's where there is none. */
void co_handle_prepare(struct co_handle *handle, const struct co_future_class *class);
void co_handle_free(co_future *future);

/* The owner has ended: it holds none of its handles any more. */
void co_handle_disown(struct co_owner *owner);

static inline struct co_handle *co_handle_of(co_future *future)
{
    return co_container_of(future, struct co_handle, future);
}

static inline void co_ref(co_future *future)
{
    if (future->class->free)
        co_handle_of(future)->refs++;
}

static inline void co_unref(co_future *future)
{
    if (future->class->free && --co_handle_of(future)->refs == 0)
        co_handle_free(future);
}

/* Suspend the running task until `future` is done, and return its outcome.
 * UV_ECANCELED: interrupted, though the future may be done as well.
 */
co_checked int co_park(co_future *future);

/* A future in a primitive's line of waiters, on the waiting task's stack. */
struct co_waiter {
    co_future future;
    struct co_list link; /* of the primitive's line */
    const void *object;  /* what its class needs to describe the wait */
};

static inline struct co_waiter *co_waiter_of(struct co_list *link)
{
    return co_container_of(link, struct co_waiter, link);
}

/* ---- errors ----------------------------------------------------------------- */

struct co_error *co_error_new(int code, const char *format, va_list arguments)
    __attribute__((nonnull(2), format(printf, 2, 0)));
struct co_error *co_error_ref(struct co_error *error);
void co_error_unref(struct co_error *error);

/* The running task has met this error; `error` may be NULL. Returns `code`. */
int co_caught(int code, struct co_error *error);

/* ---- tasks ------------------------------------------------------------------ */

enum { CO_INLINE_FRAME = 24 };

/* The first line of the cache is what a switch needs; 256 bytes in all. */
struct co_task_record {
    co_callback step; /* on a ready queue, or among what it waits for */
    struct co_context context;
    co_future *waiting; /* what it waits for; NULL: it runs, or is ready */
    char *stack;        /* its slot; NULL: not started, or ended */
    uint32_t turns, requests;
    uint32_t number;                  /* the N of Task-N */
    bool must_cancel, is_main, asked; /* asked: while a request passes through */

    struct co_handle handle; /* the task as a future */
    co_fn *fn;
    void *frame;
    struct co_stacks *stacks; /* the pool the slot is of */
    struct co_owner children;
    struct co_error *caught; /* the last error it met, */
    int caught_code;         /* and its code; 0: none */
    uint32_t id;             /* order of spawning */
    const char *fn_name;
    char *name; /* NULL: Task-N, not asked for yet */
    char inline_frame[CO_INLINE_FRAME];
};

#if !defined(CO_ASAN) && !defined(CO_TSAN)
_Static_assert(sizeof(struct co_task_record) <= 256, "a task costs its page and this");
#endif

static inline struct co_task_record *co_task_of(const co_task *task)
{
    return co_container_of(task, struct co_task_record, handle.future);
}

extern const struct co_future_class co_task_class;

/* What a task's `step` runs: tells a task on the ready queue from a callback. */
void co_task_step(co_callback *step);

static inline struct co_task_record *co_task_of_step(co_callback *step)
{
    return co_container_of(step, struct co_task_record, step);
}

/* ---- the running program ---------------------------------------------------- */

/* Why something becomes ready, where that is not the running task's doing. */
struct co_cause {
    const char *what; /* NULL: no special cause */
    const co_task *other;
    int64_t number, late_ns;
};

struct co_loop {
    struct co_task_record *current;  /* NULL: a callback, or the loop itself */
    struct co_list now;              /* co_callback: what this iteration still runs */
    struct co_list next;             /* co_callback: what the next one will run */
    volatile sig_atomic_t attention; /* an iteration cannot just follow another */
    bool virtual_time;
    bool running, stopping, abandoned;
    bool ghost; /* the only callback that was ready has been taken back */
    uint64_t iteration, turns;
    struct co_clock clock;
    struct co_heap timers;
    co_observer *observer;
    struct co_context context; /* of the stack co_run() was called on */
    struct co_context gone;    /* of the task that ended last */
    struct co_cause cause;
    struct co_slab records;
    struct co_stacks *stacks; /* the pool of the default size, then others */
    struct co_list handles;   /* co_handle.all: every task and gather there is */
    struct co_list errors;    /* co_error.all */
    struct co_owner program;  /* owns what no task made */
    struct co_error *caught;  /* as a task's, for code outside tasks */
    int caught_code;
    uint32_t spawned, numbers;
    co_task *main;
    int exit_code;                    /* a task ended with CO_EXIT, */
    struct co_error *exit_error;      /* for this reason; NULL: none */
    volatile sig_atomic_t interrupts; /* how many came, how many were heard, */
    int heard, heard_before;          /* and how many of these before this run */
    struct co_poll poll;
    struct co_random *random; /* NULL: not used yet */
    uint64_t seed;
    const struct co_overflow *overflow;
};

extern _Thread_local struct co_loop *co_loop_now;

/* The end of a program that asks for the loop where there is none. */
_Noreturn co_cold void co_no_loop(void);

static inline struct co_loop *co_loop_here(void)
{
    if (__builtin_expect(!co_loop_now, 0))
        co_no_loop();
    return co_loop_now;
}

/* Put it at the end of the next iteration's queue. */
static inline void co_ready(struct co_loop *loop, co_callback *callback)
{
    co_list_append(&loop->next, &callback->link);
}

/* run_until_complete(): run iterations until `future` is done and its end has been
 * noticed. CO_EDEADLK: nothing can happen any more. CO_EXIT, CO_EABANDONED: left.
 */
int co_loop_run_until(struct co_loop *loop, co_future *future);

/* Begin another iteration right where we are, if nothing but ready tasks is due. */
static inline bool co_loop_turn_over(struct co_loop *loop)
{
    if (loop->attention || co_list_empty(&loop->next))
        return false;
    if (loop->timers.count &&
        (!loop->virtual_time ||
         loop->timers.entries[0].deadline_ns <= loop->clock.now_ns))
        return false;
    loop->iteration++;
    loop->ghost = false;
    co_list_splice(&loop->now, &loop->next);
    return true;
}

/* Leave the running task for whatever is next; returns what it is resumed with. */
int co_suspend(struct co_loop *loop, struct co_task_record *self);

/* Give a ready task its turn; from the loop's own stack. */
void co_task_turn(struct co_loop *loop, struct co_task_record *task);

/* Only where somebody listens is a record put together. */
static inline bool co_is_observed(const struct co_loop *loop)
{
    return __builtin_expect(loop->observer != NULL, 0);
}

/* ---- waiting and waking ------------------------------------------------------ */

co_cold void co_future_tell_wakes(struct co_loop *loop, co_future *future);

/* Complete it, whatever it is: its callbacks go to the ready queue in order. */
static inline void co_future_complete(co_future *future, enum co_state state, int code,
                                      struct co_error *error)
{
    struct co_loop *loop = co_loop_now;

    future->state = (uint8_t)state;
    future->code = code;
    future->error = error;
    future->unseen = state == CO_HAS_FAILED;
    if (co_is_observed(loop))
        co_future_tell_wakes(loop, future);
    co_list_splice(&loop->next, &future->callbacks);
}

/* Stand in `line` until served. UV_ECANCELED: interrupted, though perhaps served
 * (co_done(&waiter->future)) as well. In line no longer either way.
 */
static inline int co_stand_in_line(struct co_waiter *waiter,
                                   const struct co_future_class *class,
                                   const void *object, const char *name,
                                   struct co_list *line)
{
    co_future_prepare(&waiter->future, class, name);
    waiter->object = object;
    co_list_append(line, &waiter->link);
    int r = co_park(&waiter->future);
    co_list_remove(&waiter->link);
    return r;
}

/* Let it through: its task runs again in the next iteration. */
static inline void co_serve(struct co_waiter *waiter)
{
    co_future_complete(&waiter->future, CO_HAS_RESULT, 0, NULL);
}

/* Let everybody in line through, in order. */
static inline void co_serve_all(struct co_list *line)
{
    co_list_each(link, line)
        if (co_is_pending(&co_waiter_of(link)->future))
            co_serve(co_waiter_of(link));
}

/* ---- telling ---------------------------------------------------------------- */

/* Hand a record to the observer, with time, turn and place filled in. */
co_cold void co_tell(struct co_loop *loop, const co_record *record);

/* The same for what the running task does to an object of kind `what`. */
co_cold void co_tell_object(struct co_loop *loop, co_record_kind kind, const char *what,
                            const char *name, size_t number);

/* The task of this id, if there still is one; else NULL. Looks for it. */
co_cold const co_task *co_task_with_id(uint32_t id);

/* What a trace calls a task: its name, and the main task "main". */
const char *co_label(const co_task *task);

static inline const co_task *co_task_or_null(const struct co_task_record *task)
{
    return task ? &task->handle.future : NULL;
}

#endif
