/* future.h — a result that is not known yet, and the tasks that wait for it.
 *
 *     finally(co_future_finish) co_future answer;
 *     co_future_init(&answer);
 *     co_future_set(&answer, 42);           // usually another task or a callback does
 *     int result = await(co_join(&answer)); // suspends until it is done
 *     co_say("%d", result);
 *
 * A future is the only thing a task can wait for; each wait for a lock, a queue, a
 * timer or another task uses one. A task is itself a future, which its coroutine
 * completes: so co_task and co_future are one type, and each function here takes
 * either.
 *
 * A result is an int from zero up. A larger result is stored beside the future, in a
 * struct that contains both, or in the arguments of the task.
 */
#ifndef CO_FUTURE_H
#define CO_FUTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "engine/await.h"
#include "engine/error.h"
#include "engine/list.h"

typedef struct co_future co_future;
typedef struct co_future co_task; /* a future that a coroutine completes */

/* A function that the loop calls once. Embed it in a struct and set `run`, which finds
 * the struct by co_container_of(). It must stay in place, and must not be queued again,
 * until it has run or was cancelled. It sees the context variables as they were when it
 * was queued; values that it sets are seen by itself alone.
 */
typedef struct co_callback co_callback;
struct co_callback {
    void (*run)(co_callback *self);
    /* private */
    struct co_list link; /* of a future's callbacks, or of a ready queue */
    struct co_contextvars *contextvars; /* as they were when it was queued */
};

/* The arguments of co_gather() and the like, as an array, and their number. C does not
 * define the order in which they are evaluated. gcc and clang evaluate them from left
 * to right, at each level of optimization, and a test checks that: in
 * co_gather(co_spawn(a), co_spawn(b)) a is spawned first.
 */
#define CO_TASKS_(...) \
    (co_future *const[]) { __VA_OPT__(CO_TASKS_FROM_(__VA_ARGS__)) }
#define CO_COUNT_(...) (sizeof((const void *[]){ __VA_ARGS__ }) / sizeof(void *))

/* An array in place of the first task is a compile error that names co_gatherv(). */
#define CO_TASKS_FROM_(first, ...) CO_TASK_(first) __VA_OPT__(, ) __VA_ARGS__
/* clang-format off */
#define CO_TASK_(x) _Generic((x), co_future *: (x), default: co_not_a_task_())
/* clang-format on */
co_future *co_not_a_task_(void) __attribute__((error(
    "a task is expected here, not an array: that is for co_gatherv() and the like")));

struct co_future {
    /* private */
    const struct co_future_class *class;
    struct co_list callbacks; /* co_callback, first registered first */
    struct co_error *error;   /* the reason, if it failed with one */
    const char *name;         /* in traces; NULL: it has none */
    int32_t code;             /* its result or error; pending: its loop */
    uint8_t state;
    bool unretrieved : 1; /* it failed or was cancelled, and no caller has seen that */
    bool kept : 1;        /* the program keeps it beyond its run */
    bool is_waiter : 1;   /* of a lock, a queue or another primitive */
    bool marked : 1;      /* while co_wait() looks for duplicates */
    uint16_t program;     /* in which its error was made; 0: none */
};

/* loop.create_future(): make it, pending. The caller owns it, and keeps it in place
 * until it is done and the tasks that waited for it have run again. One that is made in
 * a run belongs to that loop. One that is made outside of a run belongs to no loop, and
 * tasks of any run can wait for it.
 */
void co_future_init(co_future *future);

/* For `finally`: end the life of a future of co_future_init(). The exception handler
 * gets an error that was not retrieved, as when Python deletes the future; that is all,
 * so the call is optional. A second call does nothing.
 */
void co_future_finish(co_future *future);

/* Name it for traces. The caller owns the text, which is good as long as the future.
 * Not for tasks, which co_set_name() names.
 */
void co_future_set_name(co_future *future, const char *name);

/* set_result(), set_exception(): complete it, and return 0. Its callbacks and the tasks
 * that wait for it run in the next iteration, in the order in which they were added. Do
 * not suspend. Work outside of a run.
 *
 * CO_ESTATE: it was done already, and does not change. CO_EVALUE: a result below zero,
 * or an error from zero up. CO_ERUNTIME: it is a task or a gather, which complete
 * themselves; or "Event loop is closed": it is completed, but its callbacks belong to a
 * closed loop and are not called.
 *
 * The reason of an error is kept until the end of the program in which it was made. The
 * code is kept without limit.
 */
int co_future_set(co_future *future, int result);
int co_future_fail(co_future *future, int code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* await future: suspend until it is done, and return its result or error. If it is done
 * already this does not suspend. To cancel the waiting task cancels the future as well,
 * as in asyncio; co_shield() prevents that. Several waiting tasks continue in the order
 * in which they began to wait. UV_ECANCELED: this task or the future was cancelled.
 * CO_ERUNTIME, one iteration later: it is this task itself, or it is pending and
 * belongs to another loop.
 */
#define co_join(future) co_join_as_((future), CO_MAKES_(#future))
co_checked int(co_join)(co_future *future);

/* True if the text of an argument makes a future, as in co_join(co_spawn(…)). The
 * program has no variable for such a future and cannot drop it, so co_join() and
 * co_wait_for() do that when they return. Otherwise a task that never ends would
 * collect such handles.
 */
#define CO_MAKES_(argument)                                                        \
    (CO_BEGINS_(argument, "co_spawn") || CO_BEGINS_(argument, "co_group_spawn") || \
     CO_BEGINS_(argument, "co_shield(") || CO_BEGINS_(argument, "co_execute(") ||  \
     CO_BEGINS_(argument, "co_gather_future") ||                                   \
     CO_BEGINS_(argument, "co_settle_future"))
#define CO_BEGINS_(text, word) (__builtin_strncmp(text, word, sizeof(word) - 1) == 0)

co_checked int co_join_made(co_future *future); /* and drop it */

static inline co_checked int co_join_as_(co_future *future, bool made)
{
    return made ? co_join_made(future) : (co_join)(future);
}

/* cancel(): a plain future is cancelled at once. In a task, the wait that it is
 * suspended in returns UV_ECANCELED in the next iteration; the task may clean up, and
 * may also ignore it and continue. False: it is done, and nothing changes. Does not
 * suspend.
 */
bool co_cancel(co_future *future);

/* cancel(msg): the message is the reason (co_why) of the UV_ECANCELED. If the task
 * waits for another task or a gather, that is cancelled with the same message. If the
 * task ends by the cancellation, the message goes to the first caller that awaits the
 * task or asks for its result.
 */
bool co_cancel_with(co_future *future, const char *message);

/* done(), cancelled(): a future that failed or was cancelled is done, too. */
bool co_done(const co_future *future);
bool co_cancelled(const co_future *future);

/* result(): its result, or its error, which becomes the current error (co_why) and
 * counts as retrieved. CO_ESTATE "Result is not set.": it is not done.
 */
int co_result(co_future *future);

/* Its entry in the list that gather(return_exceptions=True) returns: its result, or the
 * code of its error, which is not raised. CO_ESTATE: it is not done. Changes nothing.
 */
int co_outcome(const co_future *future);

/* exception(): the code of the error it failed with, which counts as retrieved but does
 * not become the current error; 0: it has a result. co_future_error() is the error
 * itself. Two outcomes are raised, as in Python: CO_ESTATE "Exception is not set.", it
 * is not done; UV_ECANCELED, it was cancelled.
 */
int co_exception(co_future *future);

/* The error it failed with or was cancelled by, as an object to look into, show or
 * raise; NULL: it has none. Good as long as the future. Changes nothing else.
 */
co_error *co_future_error(co_future *future);

/* The reason it failed or was cancelled; the text of its code if it has none; "" if it
 * did not. Changes nothing.
 */
const char *co_reason(const co_future *future);

/* Write repr(future), cut to `size` bytes with the NUL: its state; the name of a task,
 * its coroutine and what it waits for; its result or error; its callbacks.
 */
void co_repr(const co_future *future, char *ret_text, size_t size);

/* add_done_callback(): `callback` runs in the iteration after the one in which the
 * future is completed; if it is done already, in the next iteration. Callbacks and
 * waiting tasks run in the order in which they were added. co_callback_cancel() removes
 * it. If the future is pending and belongs to a closed loop, the callback never runs.
 */
void co_on_done(co_future *future, co_callback *callback);

/* remove_done_callback(): remove all callbacks with this function, and return their
 * number. If the future is done that is 0, because they are in the ready queue already.
 */
size_t co_off_done(co_future *future, void (*run)(co_callback *self));

#endif
