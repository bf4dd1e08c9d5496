/* loop_internal.h — what the engine's files share: the running program, its tasks, and
 * how a task is parked and made ready. (Private to the engine.)
 *
 * Everything a task can wait for is a future. Waiting puts the task among the
 * future's callbacks; completing the future moves them to the ready queue. There is
 * no other way to wait, and but for sleep(0) no other way to become ready.
 */
#ifndef CO_LOOP_INTERNAL_H
#define CO_LOOP_INTERNAL_H

#include <signal.h>
#include <stdatomic.h>

#include "engine/core/inbox.h"
#include "engine/core/task_internal.h"
#include "engine/core/timer_heap.h"
#include "engine/exception_handler.h"
#include "engine/loop.h"
#include "engine/observer.h"
#include "engine/run.h"
#include "engine/system/clock.h"
#include "engine/system/memory.h"
#include "engine/system/poll.h"

/* ---- the running program ------------------------------------------------- */

/* Why something becomes ready, where that is not the running task's doing. */
struct co_cause {
    const char *what; /* NULL: no special cause */
    const co_task *other;
    int64_t number, late_ns;
};

struct co_loop {
    struct co_task_impl *current; /* NULL: a callback, or the loop itself */
    struct co_list batch;         /* co_callback: what this iteration still runs */
    struct co_list ready;         /* co_callback: what the next one will run */
    _Atomic bool must_poll;       /* an iteration cannot just follow another */
    bool virtual_time, debug, eager;
    bool running;   /* it is iterating */
    bool closed;    /* nothing can be scheduled any more */
    bool in_main;   /* the task that is being made is a main task */
    bool stopping;  /* no further iteration than the one that runs, or the next */
    bool abandoned; /* Ctrl-C came twice: nothing runs any more; or, if the run catches
                       SIGINT itself, */
    bool interrupted;         /* only main is not waited for any more */
    bool catch_sigint;        /* while main runs */
    bool asyncgens_shut_down; /* its generators have been closed, and more are not
                                 expected */
    bool slow_path; /* by an observer, or in debug mode: each turn goes the long way */
    bool skipped_callback; /* the only callback that was ready has been taken back */
    uint64_t iteration, turns;
    uint64_t serial, serials; /* of the loop it is to asyncio, of which each runner has
                                 its own; and the last that was given */
    struct co_clock clock;
    struct co_heap timers;
    co_observer *observer;
    struct co_context context; /* of the stack co_run() was called on */
    struct co_context exited;  /* of the task that ended last */
    struct co_cause cause;
    struct co_slab records;
    struct co_slab members;    /* of groups; all zero: there was no group yet */
    struct co_stacks *stacks;  /* the pool of the default size, then others */
    struct co_list handles;    /* co_handle.all: every task and gather there is */
    struct co_list generators; /* co_generator.all: those to be closed at the end */
    struct co_list errors_all; /* co_error.all */
    struct co_list contextvars_all;        /* co_contextvars.all */
    struct co_owner program;               /* owns what no task made */
    struct co_current_error current_error; /* as a task's, for code outside tasks, */
    struct co_contextvars *contextvars;    /* and so are these */
    co_exception_handler *handler;         /* NULL: the default */
    unsigned asyncio;                      /* whose rules hold: 311, 312, … */
    uint32_t spawned, numbers;
    co_task *main;
    int exit_code;                 /* a task ended with CO_EXIT, */
    struct co_error *exit_error;   /* for this reason; NULL: none */
    volatile sig_atomic_t sigints; /* how many came, how many were heard, */
    int sigints_delivered,
        sigints_before_run; /* and how many of these before this run */
    struct co_poll poll;
    struct co_list executors;     /* co_executor.all */
    struct co_executor *executor; /* the default one; NULL: not needed yet */
    bool executor_is_shut;        /* the default one takes no more, of whatever kind */
    struct co_random *random;     /* NULL: not used yet */
    uint64_t seed;
    const struct co_overflow *overflow;
    double slow; /* debug mode: what takes so many seconds is told */
    struct co_inbox inbox;
};

extern _Thread_local struct co_loop *co_loop_now;

/* The values whoever runs now sees, and hands on to what it starts. */
static inline struct co_contextvars *co_contextvars_here(const struct co_loop *loop)
{
    return loop->current ? loop->current->step.contextvars : loop->contextvars;
}

/* The end of a program that asks for the loop where there is none. */
_Noreturn co_cold void co_no_loop(void);

static inline struct co_loop *co_loop_here(void)
{
    if (__builtin_expect(!co_loop_now, 0))
        co_no_loop();
    return co_loop_now;
}

/* The same for what only a task can do, where none runs. */
_Noreturn co_cold void co_no_task(void);

static inline struct co_task_impl *co_task_here(const struct co_loop *loop)
{
    if (__builtin_expect(!loop || !loop->current, 0))
        co_no_task();
    return loop->current;
}

/* Put it at the end of the next iteration's queue. */
static inline void co_ready(struct co_loop *loop, co_callback *callback)
{
    co_list_append(&loop->ready, &callback->link);
}

/* Iterate until co_stop() is called, or until `future` is done and its end has been
 * noticed (CO_ERUNTIME: stopped before). CO_EDEADLK: nothing can happen any more.
 * CO_EXIT, CO_EABANDONED: left.
 */
int co_loop_run_forever(struct co_loop *loop);
int co_loop_run_until(struct co_loop *loop, co_future *future);

/* Somebody exits, for this reason: nothing more runs, not even in this iteration. */
void co_loop_exit(struct co_loop *loop, struct co_error *error);

/* Run the shutdown of asyncio.run(), whose outcome so far is `r`. */
int co_loop_shut_down(struct co_loop *loop, int r);

/* Who is left now will never run again: a lock or queue that outlives them must not
 * find them in its line, nor a later run a callback in its ready queue. What they wait
 * for, and what is queued, must still be there.
 */
void co_loop_detach_waiters(struct co_loop *loop);

/* Close the loop: who is left now will never run again. */
void co_loop_discard(struct co_loop *loop);

/* The same, and what the program has kept of it is gone as well. */
void co_loop_finish_handles(struct co_loop *loop);

/* Hand to main whatever interrupts have come. */
void co_deliver_sigint(struct co_loop *loop);

/* Have SIGINT interrupt the run of this thread, if nobody else has asked for it;
 * returns whether it is so now, and is to be undone.
 */
bool co_sigint_catch(void);
void co_sigint_release(void);

/* Run what is next, and tell if that takes long. */
co_cold void co_debug_time(struct co_loop *loop, void (*run)(struct co_loop *loop));

/* ---- other threads ------------------------------------------------------- */

/* The loop a thread of an executor works for; NULL in every other thread. */
extern _Thread_local struct co_loop *co_thread_loop;

/* The default executor at the end of a run: wait for what it was given, or leave it to
 * itself. And wait for all executors there are, and free them.
 */
int co_executor_run_down(struct co_loop *loop);
void co_executor_leave(struct co_loop *loop);
void co_executors_finish(struct co_loop *loop);

/* Threads that wait for a task of this loop need not wait any more. */
void co_remotes_close(struct co_loop *loop);

/* ---- running and ending -------------------------------------------------- */

/* Say that nothing can happen any more. Returns CO_EDEADLK. */
co_cold int co_deadlock(struct co_loop *loop);

/* Returns CO_ERUNTIME, and says so. */
co_cold int co_loop_is_closed(void);

/* A handle that is a task and not done; else NULL. `link`: co_handle.all. */
struct co_task_impl *co_unfinished_task(struct co_list *link);

/* Have the loop look around before it begins another iteration. */
static inline void co_request_poll(struct co_loop *loop)
{
    atomic_store_explicit(&loop->must_poll, true, memory_order_relaxed);
}

/* Begin another iteration right where we are, if nothing but ready tasks is due. */
static inline bool co_loop_begin_iteration(struct co_loop *loop)
{
    if (atomic_load_explicit(&loop->must_poll, memory_order_relaxed) ||
        co_list_empty(&loop->ready))
        return false;
    if (loop->timers.count &&
        (!loop->virtual_time ||
         loop->timers.entries[0].deadline_ns <= loop->clock.now_ns))
        return false;
    loop->iteration++;
    loop->skipped_callback = false;
    co_list_splice(&loop->batch, &loop->ready);
    return true;
}

/* Leave the running task for whatever is next; returns what it is resumed with. */
int co_suspend(struct co_loop *loop, struct co_task_impl *self);

/* Give a ready task its turn; from the loop's own stack. */
void co_task_turn(struct co_loop *loop, struct co_task_impl *task);

static inline int32_t co_loop_mark(const struct co_loop *loop)
{
    return (int32_t)(loop->serial & (INT32_MAX >> 1)) + 1;
}

/* Whether the rules of this release or a later one hold. */
static inline bool co_asyncio_at_least(const struct co_loop *loop, unsigned asyncio)
{
    return loop->asyncio >= asyncio;
}

/* Have a new task take its first turn now, in the middle of whose turn it is. */
void co_task_run_eagerly(struct co_loop *loop, struct co_task_impl *task);

/* Only where somebody listens is a record put together. */
static inline bool co_is_observed(const struct co_loop *loop)
{
    return __builtin_expect(loop->observer != NULL, 0);
}

/* ---- waiting and waking -------------------------------------------------- */

co_cold void co_emit_wakes(struct co_loop *loop, co_future *future);

/* Complete it, whatever it is: its callbacks go to the ready queue in order. */
static inline void co_future_complete(co_future *future, enum co_state state, int code,
                                      struct co_error *error)
{
    struct co_loop *loop = co_loop_now;

    future->state = (uint8_t)state;
    future->code = code;
    future->error = error;
    future->unretrieved = state == CO_HAS_FAILED;
    if (co_is_observed(loop))
        co_emit_wakes(loop, future);
    co_list_splice(&loop->ready, &future->callbacks);
}

co_cold int co_bound_elsewhere(const struct co_future_class *class);

/* A primitive belongs to the loop in which a task first has to wait for it; *bound is
 * that loop's serial, 0: none yet. CO_ERUNTIME: it belongs to another one.
 */
static inline int co_bind(uint64_t *bound, const struct co_future_class *class)
{
    const uint64_t here = co_loop_now->serial;

    if (__builtin_expect(*bound == here, 1))
        return 0;
    if (*bound)
        return co_bound_elsewhere(class);
    *bound = here;
    return 0;
}

/* Stand in `line` until served. UV_ECANCELED: interrupted, though perhaps served
 * (co_done(&waiter->future)) as well. In line no longer either way. CO_ERUNTIME: not
 * even there, for the primitive is bound to another loop.
 */
static inline int co_waitq_wait(struct co_waiter *waiter,
                                const struct co_future_class *class, const void *object,
                                const char *name, struct co_list *line, uint64_t *bound)
{
    co_future_prepare(&waiter->future, class, name);
    await(co_bind(bound, class));
    waiter->object = object;
    waiter->future.is_waiter = true;
    co_list_append(line, &waiter->link);
    int r = co_park(&waiter->future);
    co_list_remove(&waiter->link);
    return r;
}

/* Let it through: its task runs again in the next iteration. */
static inline void co_waiter_wake(struct co_waiter *waiter)
{
    co_future_complete(&waiter->future, CO_HAS_RESULT, 0, NULL);
}

/* Let everybody in line through, in order. */
static inline void co_waitq_wake_all(struct co_list *line)
{
    co_list_each(link, line)
        if (co_is_pending(&co_waiter_of(link)->future))
            co_waiter_wake(co_waiter_of(link));
}

/* ---- telling ------------------------------------------------------------- */

/* Hand a record to the observer, with time, turn and place filled in. */
co_cold void co_emit(struct co_loop *loop, const co_trace_event *record);

/* The same for what the running task does to an object of kind `what`. */
co_cold void co_emit_object(struct co_loop *loop, co_trace_event_kind kind,
                            const char *what, const char *name, size_t number);

/* The task of this id, if there still is one; else NULL. Looks for it. */
co_cold const co_task *co_task_with_id(uint32_t id);

/* Python's repr() of a task or future; free() it. */
char *co_repr_new(const co_future *future);

/* What a trace calls a task: its name, and the main task "main". */
const char *co_label(const co_task *task);

static inline const co_task *co_task_or_null(const struct co_task_impl *task)
{
    return task ? &task->handle.future : NULL;
}

#endif
