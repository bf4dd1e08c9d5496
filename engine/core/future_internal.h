/* future_internal.h — the kinds of futures, those that the engine allocates, and how a
 * task waits for one. (Private to the engine.)
 */
#ifndef CO_FUTURE_INTERNAL_H
#define CO_FUTURE_INTERNAL_H

#include "engine/core/error_internal.h"
#include "engine/future.h"
#include "engine/observer.h"

enum co_state { CO_PENDING, CO_HAS_RESULT, CO_HAS_FAILED, CO_WAS_CANCELLED };

/* A kind of future: what differs between a task, a gather, a lock's waiter, … */
struct co_future_class {
    const char *what;   /* in traces, what is waited for: "lock", "join", … */
    const char *python; /* its class in Python; NULL: Future */
    /* The function in which a task waits for it, as the program calls it: for the
     * sentence if no task runs there. NULL: co_join.
     */
    const char *function;
    /* Set: to cancel it is to cancel the futures it awaits, in order; then this is
     * called, with whether one of them was pending. NULL: it is cancelled at once.
     */
    void (*awaited_cancelled)(co_future *self, bool any);
    void (*describe)(const co_future *self, co_trace_event *record); /* NULL: nothing */
    void (*free)(
        co_future *self); /* NULL: the caller's, without a count of references */
    /* Called when its last reference is dropped. True: it has work left, keeps a
     * reference to itself, and is not freed now. NULL: it never has work left.
     */
    bool (*outlives)(co_future *self);
    /* Called when the loop is closed and the program keeps this one. NULL: if it is
     * pending, it is completed as abandoned.
     */
    void (*abandon)(co_future *self);
    /* The i-th future that this one waits for, NULL past the last: for the call graph.
     * NULL: it waits for none.
     */
    co_future *(*awaits)(const co_future *self, size_t i);
};

/* The class of futures of co_future_init(), "plain" ones below. */
extern const struct co_future_class co_plain_class;

/* A future that the engine allocates: it counts references, one of which belongs to the
 * task that made it, its owner.
 */
struct co_handle {
    co_future future;
    struct co_list all;     /* link: of co_loop.handles, in order of creation */
    struct co_list owned;   /* link: of its owner's `owns` */
    struct co_owner *owner; /* NULL: it has been released */
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
    future->code = 0;
    future->state = CO_PENDING;
    future->unretrieved = false;
    future->kept = future->is_waiter = future->marked = false;
}

/* Its class in Python. */
static inline const char *co_type_name(const co_future *future)
{
    return future->class->python ? future->class->python : "Future";
}

static inline const char *co_function_of(const co_future *future)
{
    return future->class->function ? future->class->function : "co_join";
}

/* The code of a pending future shows which loop it belongs to:
 *
 *   0          the engine made it, in the current loop
 *   from 2 up  the mark (serial.h) of the loop in which a plain future was made, or of
 *              the idle loop that a handle belongs to
 *   -1         a plain future that was made outside of a run, and has no callbacks
 *   below -1   the same, and minus the code is the mark of the loop of its callbacks
 */
static inline bool co_is_pending(const co_future *future)
{
    return future->state == CO_PENDING;
}

co_cold int co_future_failed(co_future *future);

/* The error it failed with or was cancelled by, for a caller that awaits it: a new
 * reference; NULL: there is only a code. The message that a task was cancelled with
 * goes to the first such caller.
 */
struct co_error *co_future_take_error(co_future *future);

/* Its error, if it failed, counts as retrieved. The message of a cancellation is left
 * for the first caller that awaits it.
 */
static inline void co_future_mark_retrieved(co_future *future)
{
    if (future->state == CO_HAS_FAILED)
        future->unretrieved = false;
}

/* Its error; NULL: it has none, or has it from a program that has ended. */
struct co_error *co_future_known_error(const co_future *future);

/* True if its callbacks belong to a closed loop. They may be freed memory. */
co_cold bool co_future_has_dead_callbacks(const co_future *future);

/* Complete a future, also where no loop runs. CO_ERUNTIME: it is complete, but its
 * callbacks belong to a closed loop and are dropped.
 */
int co_future_end(co_future *future, enum co_state state, int code,
                  struct co_error *error);

/* Request the cancellation of a future of any class, and of all that it awaits. The
 * message may be NULL. False: none of them was pending.
 */
bool co_future_cancel(co_future *future, struct co_error *message);

/* co_on_done() for callbacks of the engine, which are removed before their memory ends.
 */
void co_future_add_callback(co_future *future, co_callback *callback);

co_cold void co_report_never_retrieved(co_future *future);

/* Its result, or its error, which becomes the current error of the running task. */
static inline int co_future_outcome(co_future *future)
{
    return __builtin_expect(future->state == CO_HAS_RESULT, 1)
               ? future->code
               : co_future_failed(future);
}

/* Initialize a handle whose owner is the running task or generator, else the program.
 */
void co_handle_prepare(struct co_handle *handle, const struct co_future_class *class);
void co_handle_free(co_future *future);

/* The owner is done: release its handles. If it failed, it keeps those whose class has
 * `outlives`, as an exception in Python keeps the frames that it has passed.
 */
void co_owner_release_all(struct co_owner *owner, bool failed);

static inline void co_owner_release(struct co_owner *owner, bool failed)
{
    if (!co_list_empty(&owner->owns))
        co_owner_release_all(owner, failed);
}

/* Drop the reference of its owner. */
void co_handle_release(struct co_handle *handle);

/* The owner is freed: release its handles. */
void co_owner_finish(struct co_owner *owner);

/* Give a handle without an owner to this one. */
void co_handle_set_owner(struct co_handle *handle, struct co_owner *owner);

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
 * UV_ECANCELED: the task was cancelled; the future may be done as well.
 */
co_checked int co_park(co_future *future);

#endif
