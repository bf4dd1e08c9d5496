/* loop_internal.h — the running loop as the engine's files share it: its state, the
 * ready queue, parking a task and completing a future. (Private to the engine.)
 *
 * Everything a task can wait for is a future. Waiting puts the task among the future's
 * callbacks; completing the future moves them to the ready queue. There is no other
 * way to wait and, but for sleep(0), no other way to become ready.
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

/* Why something becomes ready, where the running task is not the cause. */
struct co_cause {
    const char *what; /* NULL: no special cause */
    const co_task *other;
    int64_t number, late_ns;
};

struct co_loop {
    struct co_task_impl *current; /* NULL: a callback, or the loop itself */
    struct co_list batch;         /* co_callback: what this iteration still runs */
    struct co_list ready;         /* co_callback: what the next one will run */
    _Atomic bool must_poll;       /* before the next iteration begins */
    bool virtual_time, debug, eager;
    bool running;   /* it is iterating */
    bool by_hand;   /* by co_run_until_complete() or co_run_forever() */
    bool closed;    /* nothing can be scheduled any more */
    bool has_run;   /* futures may have been made in it */
    bool in_main;   /* the task that is being made is a main task */
    bool stopping;  /* at the end of this iteration, or of the next if none runs */
    bool abandoned; /* Ctrl-C came twice: nothing runs any more */
    bool
        interrupted; /* the same where the run catches SIGINT: the wait for main ends */
    bool catch_sigint;        /* while main runs */
    bool asyncgens_shut_down; /* asynchronous generators have been closed */
    bool slow_path;           /* each turn is to be observed, timed or checked */
    bool skipped_callback;    /* the only ready callback has been cancelled */
    uint64_t iteration, turns;
    uint64_t serial;         /* of the current asyncio loop: see loop_switch.h; */
    uint64_t program_serial; /* and of the one that is run by hand */
    struct co_list idle;     /* co_idle_loop.link: those that are not current */
    struct co_clock clock;
    struct co_timer_heap timers;
    co_observer *observer;
    struct co_context context; /* of the stack co_run() was called on */
    struct co_context exited;  /* of the task that ended last */
    struct co_cause cause;
    struct co_slab records;         /* struct co_task_impl */
    struct co_stacks *stacks;       /* the pool of the default size, then others */
    struct co_list handles;         /* co_handle.all: every task and gather */
    struct co_list errors_all;      /* co_error.all */
    struct co_list contextvars_all; /* co_contextvars.all */
    struct co_list proxies;         /* co_proxy.all; see proxy.h */
    struct co_owner program;        /* owns what no task made */
    struct co_current_error current_error; /* of code outside tasks, */
    struct co_contextvars *contextvars;    /* and its context variables */
    co_exception_handler *handler;         /* NULL: the default */
    co_exception_handler *ended_handler;   /* of the loop that ended last, for futures
                                              of it that the program has kept */
    unsigned asyncio;                      /* whose rules hold: 311, 312, … */
    uint32_t spawned, numbers;
    co_task *main;
    int exit_code;                 /* CO_EXIT or UV_EINTR was raised, */
    struct co_error *exit_error;   /* for this reason; NULL: none */
    volatile sig_atomic_t sigints; /* how many came, how many were delivered, */
    int sigints_delivered;
    int sigints_before_run; /* and how many of these before this run */
    struct co_poll poll;
    struct co_extension *extensions; /* of other rooms; NULL: none registered */
    struct co_extension *spare;      /* of loops that have ended, for the next ones */
    struct co_random *random;        /* NULL: not used yet */
    uint64_t seed;
    const struct co_overflow *overflow;
    double slow; /* debug mode: a turn of so many seconds is reported */
    struct co_inbox inbox;
};

extern _Thread_local struct co_loop *co_loop_now;

/* The default of co_loop.slow, as CPython's. */
#define CO_SLOW_CALLBACK 0.1

/* The context variables of the running code, which what it starts inherits. */
static inline struct co_contextvars *co_contextvars_here(const struct co_loop *loop)
{
    return loop->current ? loop->current->step.contextvars : loop->contextvars;
}

/* End the program: it asks for the loop where there is none. */
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

/* Append to the ready queue: it runs in the next iteration. */
static inline void co_ready(struct co_loop *loop, co_callback *callback)
{
    co_list_append(&loop->ready, &callback->link);
}

/* The mark of a loop in the code of a pending future that was made in it. */
static inline int32_t co_loop_mark(uint64_t serial) { return co_serial_mark(serial); }

/* Whether the rules of this release, 313 for 3.13, or a later one hold. */
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

/* The same without a loop at hand, and where there may be none. */
static inline bool co_is_observed_here(void)
{
    return __builtin_expect(co_observer_now != NULL, 0);
}

/* ---- iterating ----------------------------------------------------------- */

/* Have the loop poll before it begins another iteration. */
static inline void co_request_poll(struct co_loop *loop)
{
    atomic_store_explicit(&loop->must_poll, true, memory_order_relaxed);
}

/* Begin another iteration without going back to the loop, if only ready tasks are due.
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

/* Iterate until co_stop() is called, or until `future` is done and one iteration more
 * (CO_ERUNTIME: stopped before). CO_EDEADLK: nothing can happen any more. CO_EXIT,
 * UV_EINTR: a task or callback raised it, or Ctrl-C did. CO_EABANDONED: Ctrl-C twice.
 */
int co_loop_run_forever(struct co_loop *loop);
int co_loop_run_until(struct co_loop *loop, co_future *future);

/* SystemExit or KeyboardInterrupt: nothing more runs, not even in this iteration. */
void co_loop_exit(struct co_loop *loop, int code, struct co_error *error);

/* Cancel main for each SIGINT that came since the last call; see co_interrupt(). */
void co_deliver_sigint(struct co_loop *loop);

/* Returns CO_ERUNTIME, "Event loop is closed". */
co_cold int co_loop_is_closed(void);

/* Emit who waits for what: nothing can happen any more. Returns CO_EDEADLK. */
co_cold int co_deadlock(struct co_loop *loop);

/* Debug mode: run the next callback, and report it if that takes long. */
co_cold void co_debug_time(struct co_loop *loop, void (*run)(struct co_loop *loop));

/* ---- running and ending -------------------------------------------------- */

/* Run the shutdown of asyncio.run(), whose outcome so far is `r`. */
int co_loop_shut_down(struct co_loop *loop, int r);

/* Take tasks that will never run again off the waiters of locks and queues, which may
 * outlive them, and everything off the ready queue. Both must still exist.
 */
void co_loop_detach_waiters(struct co_loop *loop);

/* Close the loop: tasks that are not done will never run again. */
void co_loop_discard(struct co_loop *loop);

/* The same at the end of the program, with the handles it has kept. */
void co_loop_finish_handles(struct co_loop *loop);

/* Have SIGINT call co_interrupt() if its action is the default one; returns whether
 * that was so, and is to be undone.
 */
bool co_sigint_catch(void);
void co_sigint_release(void);

/* co_call_soon() for callbacks of the engine, which are removed before their memory
 * ends; it needs a loop.
 */
int co_schedule(co_callback *callback);

/* The same for a timer, for this time of the loop's clock; CO_TIME_NEVER: not at all.
 * Returns as co_call_at().
 */
int co_set_timer(co_timer *timer, int64_t deadline_ns);

/* Returns CO_EVALUE: the clock cannot show this time. */
co_cold int co_time_too_far(double seconds);

/* ---- suspending and completing ------------------------------------------- */

/* Suspend the running task for whatever is next; returns what it is resumed with. */
int co_suspend(struct co_loop *loop, struct co_task_impl *self);

/* Run the next turn of a ready task; from the loop's own stack. */
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

/* Completing a future is no more than moving its callbacks to the ready queue: a loop
 * exists, unobserved, and no other has futures. Else see loop_switch.h.
 */
extern _Thread_local bool co_future_completes_fast;

/* The other case; outside of any run its callbacks are forgotten, since the loop they
 * were of has ended.
 */
co_cold void co_future_complete_slowly(co_future *future, enum co_state state, int code,
                                       struct co_error *error);

/* Complete it, whatever it is: its callbacks go to the ready queue in order. */
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

/* Python's repr() of a task or future; free() it. */
char *co_repr_new(const co_future *future);

#endif
