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
#include <stdatomic.h>

#include "engine/clock.h"
#include "engine/context.h"
#include "engine/error.h"
#include "engine/heap.h"
#include "engine/loop.h"
#include "engine/memory.h"
#include "engine/observe.h"
#include "engine/outside.h"
#include "engine/poll.h"
#include "engine/run.h"
#include "engine/stack.h"
#include "engine/task.h"
#include "engine/trouble.h"
#include "engine/variable.h"

/* What waits inside the engine waits, to a reader of traces, at the line of the
 * program that called it.
 */
#undef CO_AT_
#define CO_AT_ ((void)0)

/* What is seldom needed stays out of line, so that what is needed often keeps few
 * registers and can end in a jump.
 */
#define co_cold __attribute__((noinline, cold))

/* A failure, shared by all who pass it on. */
struct co_error {
    struct co_list all; /* link: of co_loop.errors; of none if made by a thread */
    unsigned refs;
    int code;
    struct co_error *context; /* what it took the place of; NULL: nothing */
    struct co_error **parts;  /* of a group, */
    size_t count;
    size_t message_length; /* of whose text this much is its message */
    char text[];
};

/* The last error somebody met; the object is NULL where there is only a code. */
struct co_caught {
    struct co_error *error;
    int code; /* 0: none */
};

/* ---- futures ---------------------------------------------------------------- */

enum co_state { CO_PENDING, CO_HAS_RESULT, CO_HAS_FAILED, CO_WAS_CANCELLED };

/* What kinds of future differ in. */
struct co_future_class {
    const char *what;   /* the word of a trace: "lock", "join", … */
    const char *python; /* what Python calls its type; NULL: Future */
    /* The message may be NULL. NULL: completed as cancelled, at once. */
    bool (*cancel)(co_future *self, struct co_error *message);
    void (*describe)(const co_future *self, co_record *record); /* NULL: nothing */
    void (*free)(co_future *self); /* NULL: not counted, the caller's */
    /* Nobody holds it any more. True: it holds itself, having something left to do.
     * NULL: it has not.
     */
    bool (*outlives)(co_future *self);
    /* The i-th future this one stands for, whose end it waits for; NULL past the last.
     * For those who ask who awaits whom. NULL: it stands for none.
     */
    co_future *(*awaits)(const co_future *self, size_t i);
};

/* That of co_future_init(). */
extern const struct co_future_class co_plain_class;

/* A future the engine allocates: counted, and owned by the task that made it. */
struct co_handle {
    co_future future;
    struct co_list all;     /* link: of co_loop.handles, in order of creation */
    struct co_list owned;   /* link: of its owner's `owns` */
    struct co_owner *owner; /* NULL: none any more */
    uint32_t refs;
    uint32_t id; /* of a task: its place in the order of spawning */
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
    future->kept = future->in_line = future->marked = false;
}

/* What Python calls its type. */
static inline const char *co_type_name(const co_future *future)
{
    return future->class->python ? future->class->python : "Future";
}

/* While it is pending its code tells which loop it is of: this mark; below zero: none.
 */
static inline int32_t co_loop_mark(const struct co_loop *loop);

static inline bool co_is_pending(const co_future *future)
{
    return future->state == CO_PENDING;
}

co_cold int co_future_failed(co_future *future);

/* Why it is done otherwise than with a result, as whoever awaits it gets to know it: a
 * new reference; NULL: for no reason.
 */
struct co_error *co_future_take(co_future *future);

/* Somebody has looked at its error, if that is one: the message of a cancellation goes
 * to who awaits it.
 */
static inline void co_future_see(co_future *future)
{
    if (future->state == CO_HAS_FAILED)
        future->unseen = false;
}

bool co_future_cancel(co_future *future, struct co_error *message);
co_cold void co_tell_never_retrieved(co_future *future);

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

/* The owner has ended: it holds none of its handles any more; but if it failed, those
 * that may outlive it, as an error in Python holds the frames it came through.
 */
void co_handle_disown(struct co_owner *owner, bool failed);

/* Its owner, if it has one, does not hold this one any more. */
void co_handle_let_go(struct co_handle *handle);

/* The owner itself goes. */
void co_owner_finish(struct co_owner *owner);

/* A handle that nobody owns is this one's. */
void co_handle_give(struct co_handle *handle, struct co_owner *owner);

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

/* What a wait for it is told as, but for who waits; free(record.tasks). */
co_cold co_record co_wait_record(const co_future *future);

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
struct co_error *co_error_made(int code, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
struct co_error *co_error_group(const char *message, size_t count,
                                struct co_error *const parts[]);
/* A reference to the error, which may have come as a code alone: NULL. */
struct co_error *co_error_object(int code, struct co_error *error);
void co_error_free(struct co_error *error); /* whoever holds it */

/* Take it over from a thread that made it. */
void co_error_adopt(struct co_loop *loop, struct co_error *error);

/* The error the running task has met, if it is one of this code with a reason. */
struct co_error *co_error_of(int code);

/* The error the running task has met, as an object even if it has no reason; a new one
 * if it has met another since. The caller's to drop.
 */
struct co_error *co_error_handled(int code);

/* The running task goes on with `code` after it handled that error, which becomes the
 * context of a new one. The same code is a new error if it was met since. Returns it.
 */
int co_error_after(int code, struct co_error *handled);

/* co_raise() while the error `handled` is. */
int co_raise_over(int handled, int code, const char *text);

/* In a thread of an executor: what it has met; NULL everywhere else. */
extern _Thread_local struct co_caught *co_thread_caught;

/* Where the running task, the code outside all tasks, or a thread of an executor notes
 * what it met.
 */
struct co_caught *co_caught_here(void);

/* The running task has met this error; `error` may be NULL. Returns `code`. */
int co_caught(int code, struct co_error *error);

/* ---- context variables -------------------------------------------------------- */

/* Values that were set, last one first. Never changed, so that tasks can share it. */
struct co_values {
    struct co_list all; /* link: of co_loop.bindings; of none in other threads */
    unsigned refs;
    const co_variable *variable;
    const void *value;
    struct co_values *before;
};

co_cold void co_values_free(struct co_values *values);

static inline struct co_values *co_values_keep(struct co_values *values)
{
    if (values)
        values->refs++;
    return values;
}

static inline void co_values_drop(struct co_values *values)
{
    if (values && --values->refs == 0)
        co_values_free(values);
}

/* The values whoever runs now sees, for another thread, which alone holds them; and
 * taken over by the loop from such a thread.
 */
struct co_values *co_values_copy(void);
void co_values_adopt(struct co_loop *loop, struct co_values *values);
void co_values_finish(struct co_loop *loop); /* whoever holds them */

/* In a thread of an executor: those its function sees. */
extern _Thread_local struct co_values *co_thread_values;

/* ---- tasks ------------------------------------------------------------------ */

enum { CO_INLINE_FRAME = 16 };

/* The first line of the cache is what a switch needs; 256 bytes in all. */
struct co_task_record {
    co_callback step; /* on a ready queue, or among what it waits for; its values
                         are those of the task */
    struct co_context context;
    co_future *waiting; /* what it waits for; NULL: it runs, or is ready */
    char *stack;        /* its slot; NULL: not started, or ended */
    uint32_t turns;
    bool must_cancel, is_main, asked; /* asked: while a request passes through */
    uint8_t closing;                  /* enum co_closing */
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
    struct co_caught caught; /* the last error it met; after its end the message of the
                                last cancel that it took itself */
    const char *fn_name;
    co_calling *calls; /* it is in, innermost first; NULL: in its own function alone */
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

/* ---- generators --------------------------------------------------------------- */

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
    struct co_caught caught;    /* the last error it met, while it is at a yield, */
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
 */
enum co_closing { CO_CLOSES_NOTHING, CO_CLOSES, CO_CLOSES_LATE };

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
co_cold void co_generator_tell_late(const struct co_generator *generator);

/* ---- the running program ---------------------------------------------------- */

/* Why something becomes ready, where that is not the running task's doing. */
struct co_cause {
    const char *what; /* NULL: no special cause */
    const co_task *other;
    int64_t number, late_ns;
};

struct co_loop {
    struct co_task_record *current; /* NULL: a callback, or the loop itself */
    struct co_list now;             /* co_callback: what this iteration still runs */
    struct co_list next;            /* co_callback: what the next one will run */
    _Atomic bool attention;         /* an iteration cannot just follow another */
    bool virtual_time, debug, eager;
    bool running;   /* it is iterating */
    bool closed;    /* nothing can be scheduled any more */
    bool in_main;   /* the task that is being made is a main task */
    bool stopping;  /* no further iteration than the one that runs, or the next */
    bool abandoned; /* Ctrl-C came twice: nothing runs any more; or, if the run catches
                       SIGINT itself, */
    bool interrupted;  /* only main is not waited for any more */
    bool catch_sigint; /* while main runs */
    bool shut;         /* its generators have been closed, and more are not expected */
    bool watched; /* by an observer, or in debug mode: each turn goes the long way */
    bool ghost;   /* the only callback that was ready has been taken back */
    uint64_t iteration, turns;
    uint64_t serial, serials; /* of the loop it is to asyncio, of which each runner has
                                 its own; and the last that was given */
    struct co_clock clock;
    struct co_heap timers;
    co_observer *observer;
    struct co_context context; /* of the stack co_run() was called on */
    struct co_context gone;    /* of the task that ended last */
    struct co_cause cause;
    struct co_slab records;
    struct co_slab members;        /* of groups; all zero: there was no group yet */
    struct co_stacks *stacks;      /* the pool of the default size, then others */
    struct co_list handles;        /* co_handle.all: every task and gather there is */
    struct co_list generators;     /* co_generator.all: those to be closed at the end */
    struct co_list errors;         /* co_error.all */
    struct co_list bindings;       /* co_values.all */
    struct co_owner program;       /* owns what no task made */
    struct co_caught caught;       /* as a task's, for code outside tasks, */
    struct co_values *values;      /* and so are these */
    co_exception_handler *handler; /* NULL: the default */
    unsigned asyncio;              /* whose rules hold: 311, 312, … */
    uint32_t spawned, numbers;
    co_task *main;
    int exit_code;                    /* a task ended with CO_EXIT, */
    struct co_error *exit_error;      /* for this reason; NULL: none */
    volatile sig_atomic_t interrupts; /* how many came, how many were heard, */
    int heard, heard_before;          /* and how many of these before this run */
    struct co_poll poll;
    struct co_list executors;     /* co_executor.all */
    struct co_executor *executor; /* the default one; NULL: not needed yet */
    bool executor_is_shut;        /* the default one takes no more, of whatever kind */
    struct co_random *random;     /* NULL: not used yet */
    uint64_t seed;
    const struct co_overflow *overflow;
    double slow; /* debug mode: what takes so many seconds is told */
    struct co_outside outside;
};

extern _Thread_local struct co_loop *co_loop_now;

/* The values whoever runs now sees, and hands on to what it starts. */
static inline struct co_values *co_values_here(const struct co_loop *loop)
{
    return loop->current ? loop->current->step.values : loop->values;
}

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
void co_loop_leave_lines(struct co_loop *loop);

/* Close the loop: who is left now will never run again. */
void co_loop_discard(struct co_loop *loop);

/* The same, and what the program has kept of it is gone as well. */
void co_loop_finish_handles(struct co_loop *loop);

/* Hand to main whatever interrupts have come. */
void co_hear_interrupts(struct co_loop *loop);

/* Have SIGINT interrupt the run of this thread, if nobody else has asked for it;
 * returns whether it is so now, and is to be undone.
 */
bool co_sigint_catch(void);
void co_sigint_release(void);

/* Run what is next, and tell if that takes long. */
co_cold void co_debug_watch(struct co_loop *loop, void (*run)(struct co_loop *loop));

/* ---- other threads -------------------------------------------------------------- */

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

/* ---- running and ending ---------------------------------------------------------- */

/* Say that nothing can happen any more. Returns CO_EDEADLK. */
co_cold int co_deadlock(struct co_loop *loop);

/* Returns CO_ERUNTIME, and says so. */
co_cold int co_loop_is_closed(void);

/* A handle that is a task and not done; else NULL. `link`: co_handle.all. */
struct co_task_record *co_unfinished_task(struct co_list *link);

/* Have the loop look around before it begins another iteration. */
static inline void co_call_attention(struct co_loop *loop)
{
    atomic_store_explicit(&loop->attention, true, memory_order_relaxed);
}

/* Begin another iteration right where we are, if nothing but ready tasks is due. */
static inline bool co_loop_turn_over(struct co_loop *loop)
{
    if (atomic_load_explicit(&loop->attention, memory_order_relaxed) ||
        co_list_empty(&loop->next))
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

static inline int32_t co_loop_mark(const struct co_loop *loop)
{
    return (int32_t)(loop->serial & (INT32_MAX >> 1)) + 1;
}

/* Whether the rules of this release or a later one hold. */
static inline bool co_as_of(const struct co_loop *loop, unsigned asyncio)
{
    return loop->asyncio >= asyncio;
}

/* Have a new task take its first turn now, in the middle of whose turn it is. */
void co_task_run_eagerly(struct co_loop *loop, struct co_task_record *task);

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

co_cold int co_is_bound_elsewhere(const struct co_future_class *class);

/* A primitive belongs to the loop in which a task first has to wait for it; *bound is
 * that loop's serial, 0: none yet. CO_ERUNTIME: it belongs to another one.
 */
static inline int co_bind(uint64_t *bound, const struct co_future_class *class)
{
    const uint64_t here = co_loop_now->serial;

    if (__builtin_expect(*bound == here, 1))
        return 0;
    if (*bound)
        return co_is_bound_elsewhere(class);
    *bound = here;
    return 0;
}

/* Stand in `line` until served. UV_ECANCELED: interrupted, though perhaps served
 * (co_done(&waiter->future)) as well. In line no longer either way. CO_ERUNTIME: not
 * even there, for the primitive is bound to another loop.
 */
static inline int co_stand_in_line(struct co_waiter *waiter,
                                   const struct co_future_class *class,
                                   const void *object, const char *name,
                                   struct co_list *line, uint64_t *bound)
{
    co_future_prepare(&waiter->future, class, name);
    await(co_bind(bound, class));
    waiter->object = object;
    waiter->future.in_line = true;
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

/* Python's repr() of a task or future; free() it. */
char *co_repr_new(const co_future *future);

/* What a trace calls a task: its name, and the main task "main". */
const char *co_label(const co_task *task);

static inline const co_task *co_task_or_null(const struct co_task_record *task)
{
    return task ? &task->handle.future : NULL;
}

#endif
