/* loop_internal.h — the state of the running loop, its ready queue, and how a task
 * suspends and a future completes. (Private to the engine.)
 *
 * Everything a task can wait for is a future. Waiting puts the task among the future's
 * callbacks; completing the future moves them to the ready queue. A task has no other
 * way to wait. Only spawning and sleep(0) make it ready without a future.
 */
#ifndef CO_LOOP_INTERNAL_H
#define CO_LOOP_INTERNAL_H

#include <signal.h>
#include <stdatomic.h>

#include "engine/core/extension.h"
#include "engine/core/inbox.h"
#include "engine/core/serial.h"
#include "engine/core/task_internal.h"
#include "engine/core/timer_heap.h"
#include "engine/exception_handler.h"
#include "engine/loop.h"
#include "engine/observer.h"
#include "engine/run.h"
#include "engine/system/clock.h"
#include "engine/system/memory.h"
#include "engine/system/poll.h"

/* ---- the running loop ---------------------------------------------------- */

/* Why a task becomes ready, if the running task is not the cause. */
struct co_cause {
    const char *what; /* NULL: no special cause */
    const co_task *other;
    int64_t number, late_ns;
};

struct co_loop {
    struct co_task_impl *current; /* NULL: a callback, or the loop itself */
    struct co_list batch;         /* co_callback: the rest of this iteration */
    struct co_list ready;         /* co_callback: the next iteration */
    _Atomic bool must_poll;       /* poll before the next iteration begins */
    bool virtual_time, debug, eager;
    bool running;      /* the loop is iterating */
    bool by_hand;      /* in co_run_until_complete() or co_run_forever() */
    bool closed;       /* nothing can be scheduled any more */
    bool has_run;      /* it may have created futures */
    bool in_main;      /* the task being created is a main task */
    bool stopping;     /* stop after this iteration; if none runs, after the next */
    bool abandoned;    /* Ctrl-C came twice: nothing runs any more */
    bool interrupted;  /* Ctrl-C ends the wait for main, or a run by hand */
    bool catch_sigint; /* while main, or a loop by hand, runs */
    bool asyncgens_shut_down; /* asynchronous generators have been closed */
    bool debug_usual;         /* debug mode of new loops, by the program's options */
    bool timed;               /* debug mode measures the turn that runs */
    bool slow_path;           /* the observer or debug mode needs each turn */
    bool skipped_callback;    /* the only ready callback has been cancelled */
    uint64_t iteration, turns;
    uint64_t serial;         /* of the current asyncio loop: see loop_switch.h */
    uint64_t program_serial; /* of the asyncio loop that is run by hand */
    struct co_list idle;     /* co_idle_loop.link: the loops that are not current */
    struct co_clock clock;
    struct co_timer_heap timers;
    co_observer *observer;
    struct co_context context; /* of the stack that called co_run() */
    struct co_context exited;  /* of the task that ended last */
    struct co_cause cause;
    struct co_slab records;                /* struct co_task_impl */
    struct co_stacks *stacks;              /* first the pool of the default size */
    struct co_list handles;                /* co_handle.all: every task and gather */
    struct co_list errors_all;             /* co_error.all */
    struct co_list contextvars_all;        /* co_contextvars.all */
    struct co_list proxies;                /* co_proxy.all; see proxy.h */
    struct co_owner program;               /* owns the handles that no task created */
    struct co_current_error current_error; /* of code outside tasks */
    struct co_contextvars *contextvars;    /* of code outside tasks */
    co_exception_handler *handler;         /* NULL: the default */
    co_exception_handler *ended_handler;   /* of the loop that ended last, for its
                                              futures that the program keeps */
    unsigned asyncio;                      /* the release it follows: 311, 312, … */
    uint32_t spawned, numbers;
    co_task *main;
    int exit_code;                 /* CO_EXIT or UV_EINTR, if raised */
    struct co_error *exit_error;   /* its error; NULL: none */
    volatile sig_atomic_t sigints; /* SIGINTs received */
    int sigints_delivered;
    int sigints_before_run; /* delivered before this run began */
    struct co_poll poll;
    struct co_extension *extensions; /* of other folders; NULL: none registered */
    struct co_extension *spare;      /* of ended loops, to reuse */
    struct co_random *random;        /* NULL: not used yet */
    uint64_t seed;
    const struct co_overflow *overflow;
    double slow; /* debug mode: report a turn of this many seconds */
    struct co_inbox inbox;
};

extern _Thread_local struct co_loop *co_loop_now;

/* The default of co_loop.slow, as in CPython. */
#define CO_SLOW_CALLBACK 0.1

/* The context variables of the running code; new tasks and callbacks inherit them. */
static inline struct co_contextvars *co_contextvars_here(const struct co_loop *loop)
{
    return loop->current ? loop->current->step.contextvars : loop->contextvars;
}

/* End the program with a sentence: `function`, which the program called, needs a loop
 * and there is none.
 */
_Noreturn co_cold void co_no_loop(const char *function);

static inline struct co_loop *co_loop_here(const char *function)
{
    if (__builtin_expect(!co_loop_now, 0))
        co_no_loop(function);
    return co_loop_now;
}

/* The same for a function that needs a running task. */
_Noreturn co_cold void co_no_task(const char *function);

static inline struct co_task_impl *co_task_here(const struct co_loop *loop,
                                                const char *function)
{
    if (__builtin_expect(!loop || !loop->current, 0))
        co_no_task(function);
    return loop->current;
}

/* Append the callback to the ready queue; it runs in the next iteration. */
static inline void co_ready(struct co_loop *loop, co_callback *callback)
{
    co_list_append(&loop->ready, &callback->link);
}

/* Whether the loop follows this release of asyncio or a later one; 313 means 3.13. */
static inline bool co_asyncio_at_least(const struct co_loop *loop, unsigned asyncio)
{
    return loop->asyncio >= asyncio;
}

static inline bool co_is_observed(const struct co_loop *loop)
{
    return __builtin_expect(loop->observer != NULL, 0);
}

/* The observer of the running loop; NULL: it has none, or no loop runs. */
extern _Thread_local co_observer *co_observer_now;

/* As co_is_observed(), also if there is no loop. */
static inline bool co_is_observed_here(void)
{
    return __builtin_expect(co_observer_now != NULL, 0);
}

/* ---- iterating ----------------------------------------------------------- */

/* Make the loop poll before it begins the next iteration. */
static inline void co_request_poll(struct co_loop *loop)
{
    atomic_store_explicit(&loop->must_poll, true, memory_order_relaxed);
}

/* Begin the next iteration without a switch to the loop's stack. False: the loop must
 * poll, or a timer may be due, or nothing is ready.
 */
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

/* Iterate until co_stop() is called; co_loop_run_until() also stops one iteration after
 * `future` is done, and returns CO_ERUNTIME if it stops before the future is done.
 * CO_EDEADLK: nothing can happen any more. CO_EXIT, UV_EINTR: a task or callback raised
 * it, or Ctrl-C did. CO_EABANDONED: Ctrl-C twice.
 */
int co_loop_run_forever(struct co_loop *loop);
int co_loop_run_until(struct co_loop *loop, co_future *future);

/* SystemExit or KeyboardInterrupt: end the run now, without the rest of the batch. */
void co_loop_exit(struct co_loop *loop, int code, struct co_error *error);

/* Deliver each SIGINT received since the last call: the first cancels main, a later one
 * ends the run. See co_interrupt().
 */
void co_deliver_sigint(struct co_loop *loop);

/* Returns CO_ERUNTIME, "Event loop is closed". */
co_cold int co_loop_is_closed(void);

/* Emit which task waits for what, since no event can come. Returns CO_EDEADLK. */
co_cold int co_deadlock(struct co_loop *loop);

/* Debug mode: run the next callback, and report it if that takes long. */
co_cold void co_debug_time(struct co_loop *loop, void (*run)(struct co_loop *loop));

/* ---- running and ending -------------------------------------------------- */

/* Run the shutdown of asyncio.run(). `r` is the outcome of main; returns the outcome of
 * the whole run.
 */
int co_loop_shut_down(struct co_loop *loop, int r);

/* Remove the unfinished tasks from the waiters of locks and queues, and everything from
 * the ready queue. The tasks never run again, but the locks and queues may outlive
 * them. Call it while all of them still exist.
 */
void co_loop_detach_waiters(struct co_loop *loop);

/* Close the loop: tasks that are not done will never run again. */
void co_loop_discard(struct co_loop *loop);

/* Discard all loops at the end of the program, and free the handles it has kept. */
void co_loop_finish_handles(struct co_loop *loop);

/* Make SIGINT call co_interrupt() if its action is the default one. True: it was, and
 * the caller must call co_sigint_release().
 */
bool co_sigint_catch(void);
void co_sigint_release(void);

/* co_call_soon() for the engine's own callbacks. It makes no proxy: the engine removes
 * these callbacks before their memory ends. It needs a loop.
 */
int co_schedule(co_callback *callback);

/* co_call_at() for the engine's own timers; `deadline_ns` is a time of the loop's
 * clock. CO_TIME_NEVER: the timer never runs. Returns as co_call_at(). This thread has
 * a loop, or runs a function of an executor.
 */
int co_set_timer(co_timer *timer, int64_t deadline_ns);

/* co_now_ns() for `function`, which the program called. Ends the program if neither
 * this thread nor its executor has a loop.
 */
int64_t co_time_here(const char *function);

/* Raise and return CO_EVALUE: the clock cannot represent this time. */
co_cold int co_time_too_far(double seconds);

/* ---- suspending and completing ------------------------------------------- */

/* Suspend the running task and run what is next. Returns the result of the wait. */
int co_suspend(struct co_loop *loop, struct co_task_impl *self);

/* Run the next turn of a ready task. Call it on the loop's own stack. */
void co_task_turn(struct co_loop *loop, struct co_task_impl *task);

/* Run the first turn of a new task now, within the turn of the task that spawns it. */
void co_task_run_eagerly(struct co_loop *loop, struct co_task_impl *task);

co_cold void co_emit_wakes(struct co_loop *loop, co_future *future);

static inline void co_future_set_outcome(co_future *future, enum co_state state,
                                         int code, struct co_error *error)
{
    future->state = (uint8_t)state;
    future->code = code;
    future->error = error;
    future->unretrieved = state == CO_HAS_FAILED;
}

/* True if completing a future only has to move its callbacks to the ready queue: there
 * is a loop without an observer, and no idle loop can have futures; see loop_switch.h.
 */
extern _Thread_local bool co_future_completes_fast;

/* Complete a future when co_future_completes_fast is false. Without a loop it drops the
 * callbacks, since their loop has ended.
 */
co_cold void co_future_complete_slowly(co_future *future, enum co_state state, int code,
                                       struct co_error *error);

/* Complete a future of any class: its callbacks go to the ready queue in order. */
static inline void co_future_complete(co_future *future, enum co_state state, int code,
                                      struct co_error *error)
{
    if (__builtin_expect(!co_future_completes_fast, 0)) {
        co_future_complete_slowly(future, state, code, error);
        return;
    }
    co_future_set_outcome(future, state, code, error);
    co_list_splice(&co_loop_now->ready, &future->callbacks);
}

/* Write Python's repr() of an error, which may have come as a code alone: NULL. */
void co_write_error(FILE *out, int code, const struct co_error *error);

/* Python's repr() of a task or future; free() it. */
char *co_repr_new(const co_future *future);

#endif
