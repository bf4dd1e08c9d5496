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
 * A result is an int from zero up. Put anything larger beside the future, in a struct
 * that both are members of, or in the arguments of the task.
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

/* A function that the loop calls once. Embed it in a struct, set `run`, and get back to
 * the struct by co_container_of(). It must stay in place until it has run or was
 * cancelled, and cannot be queued a second time before. It sees the context variables
 * as they were when it was queued; what it sets is seen by it alone.
 */
typedef struct co_callback co_callback;
struct co_callback {
    void (*run)(co_callback *self);
    /* private */
    struct co_list link; /* of a future's callbacks, or of a ready queue */
    struct co_contextvars *contextvars; /* as they were when it was queued */
};

/* The arguments of co_gather() and the like, as an array, and their number. C leaves
 * the order open in which they are evaluated; gcc and clang evaluate them from left to
 * right, at each level of optimization, and a test holds them to it: of
 * co_gather(co_spawn(a), co_spawn(b)) a is spawned first.
 */
#define CO_TASKS_(...) \
    (co_future *const[]) { __VA_OPT__(CO_TASKS_FROM_(__VA_ARGS__)) }
#define CO_COUNT_(...) (sizeof((const void *[]){ __VA_ARGS__ }) / sizeof(void *))

/* An array in the place of the first task is one error, which says what to do. */
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
    bool unretrieved : 1; /* it failed or was cancelled, and no caller knows so far */
    bool kept : 1;        /* the program keeps it beyond its run */
    bool is_waiter : 1;   /* of a lock, a queue or another primitive */
    bool marked : 1;      /* in the search for futures that are named twice */
    uint16_t program;     /* its error was made in this one; 0: in none */
};

/* loop.create_future(): make it pending. The caller owns it, and keeps it in place
 * until it is done and the tasks that waited for it have run again. Made in a run, it
 * belongs to that loop; made outside of a run, to none, and each run can wait for it.
 */
void co_future_init(co_future *future);

/* The end of a future of co_future_init(), for `finally`: an error that was not
 * retrieved is given to the exception handler, as when Python deletes the future. Not
 * needed otherwise; harmless twice.
 */
void co_future_finish(co_future *future);

/* set_result(), set_exception(): complete it. Its callbacks and the tasks that wait for
 * it run in the next iteration, in the order in which they were added. CO_ESTATE: it
 * was done, and stays as it was. CO_EVALUE: a result below zero, or an error from zero
 * up. CO_ERUNTIME: it is a task or a gather, which complete themselves; or "Event loop
 * is closed": it is completed, but its callbacks belong to a loop that is closed and
 * will not be called. Do not suspend, and work outside of a run. The reason of an error
 * is known until the program ends in which it was made; the code, always.
 */
int co_future_set(co_future *future, int result);
int co_future_fail(co_future *future, int code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* await future: suspend until it is done, and return its result or its error. A future
 * that is done does not suspend. If the waiting task is cancelled, so is the future, as
 * in asyncio: co_shield() it where that is not wanted. Several tasks that wait for it
 * go on in the order in which they began. UV_ECANCELED: this task was cancelled, or the
 * future. CO_ERUNTIME, one iteration later: it is this task itself, or it belongs to
 * another loop and is not done.
 */
#define co_join(future) co_join_as_((future), CO_MAKES_(#future))
co_checked int(co_join)(co_future *future);

/* True of the text of an argument that makes a future, as in co_join(co_spawn(…)). Such
 * a future has no name, so co_join() and co_wait_for() drop it when they return: a loop
 * that does so for ever does not grow.
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

/* cancel(): a plain future is cancelled at once. A task gets UV_ECANCELED from what it
 * waits for, in the next iteration, and may clean up, or go on all the same. False: it
 * is done, and nothing changes. Does not suspend.
 */
bool co_cancel(co_future *future);

/* cancel(msg): the message is the reason (co_why) of the UV_ECANCELED. If the task
 * waits for another task or a gather, that is cancelled with the message. When a task
 * ends by it, the first caller that awaits it or asks for its result gets the message.
 */
bool co_cancel_with(co_future *future, const char *message);

/* done(), cancelled(): done is also a future that failed or was cancelled. */
bool co_done(const co_future *future);
bool co_cancelled(const co_future *future);

/* result(): its result, or its error, which is raised: it is the current error then
 * (co_why). CO_ESTATE "Result is not set.": it is not done. An error that was returned
 * by this function or the next counts as retrieved.
 */
int co_result(co_future *future);

/* Its entry in the list that gather(return_exceptions=True) returns: its result, or the
 * code of its error, which is not raised. CO_ESTATE: it is not done. Changes nothing.
 */
int co_outcome(const co_future *future);

/* exception(): look at its error without raising it. The code it failed with, and 0 if
 * it has a result; co_future_error() is the error itself. Raised are, as in Python,
 * CO_ESTATE "Exception is not set.": it is not done; and UV_ECANCELED: it was
 * cancelled.
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

/* Write repr(future) as far as there is room, with a NUL: its state; of a task its
 * name, its coroutine and what it waits for; its result or error; its callbacks.
 */
void co_repr(const co_future *future, char *ret_text, size_t size);

/* add_done_callback(): `callback` runs in the iteration after the one in which the
 * future is done; in the next one, if it is done. Callbacks and tasks that wait run in
 * the order in which they were added. co_callback_cancel() takes it back. If the future
 * is pending and belongs to a loop that is closed, the callback never runs.
 */
void co_on_done(co_future *future, co_callback *callback);

/* remove_done_callback(): take back all callbacks of this function. Returns how many:
 * of a future that is done none, for its callbacks are on the ready queue.
 */
size_t co_off_done(co_future *future, void (*run)(co_callback *self));

#endif
