/* future.h — a result that is not there yet, and the tasks that wait for it.
 *
 * Futures are the one thing a task can wait for; locks, queues, timers and other
 * tasks are all waited for through one. A task is itself a future, completed by
 * its coroutine, which is why co_task and co_future are one type and every
 * function here takes either.
 *
 * A result is an int from zero up. Anything larger lies beside the future, in the
 * struct it is a member of, or in the task's frame.
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

/* Something the loop will call once: embed it, set `run`, and find what it is
 * embedded in with co_container_of. It must stay where it is until it has run or
 * was cancelled, and cannot be queued twice at a time. It sees the context variables
 * as they were when it was queued, and what it sets nobody else sees.
 */
typedef struct co_callback co_callback;
struct co_callback {
    void (*run)(co_callback *self);
    /* private */
    struct co_list link; /* on a future's callbacks or a ready queue */
    struct co_contextvars
        *contextvars; /* of the context variables, when it was queued */
};

/* What the functions on several futures are called with. */
#define CO_TASKS_(...) \
    (co_future *const[]) { __VA_ARGS__ }
#define CO_COUNT_(...) (sizeof(CO_TASKS_(__VA_ARGS__)) / sizeof(co_future *))

struct co_future {
    /* private */
    const struct co_future_class *class;
    struct co_list callbacks; /* co_callback, first registered first */
    struct co_error *error;   /* the reason, if it failed with one */
    const char *name;         /* what a trace calls it; NULL: nothing */
    int32_t code;             /* the result, or why there is none; pending: its loop */
    uint8_t state;
    bool unretrieved : 1; /* failed, or ended cancelled, and nobody has looked yet */
    bool kept : 1;        /* beyond the run it is of */
    bool is_waiter : 1;   /* a primitive's waiter */
    bool marked : 1;      /* by who looks through several for the same one */
    uint16_t program;     /* in which its error was made; 0: none */
};

/* Make a future nobody has completed. The caller owns it and must keep it in
 * place until it is done and everybody who waited for it has run again.
 */
void co_future_init(co_future *future);

/* Say that a future of co_future_init() is at its end, for `finally`: an error nobody
 * has looked at is told to the exception handler. Not needed otherwise, and harmless
 * twice.
 */
void co_future_finish(co_future *future);

/* Complete it; what waits for it runs in the loop's next iteration, in the order
 * in which it began to wait. CO_ESTATE: it was done already, and stays as it was.
 * CO_ERUNTIME: it is a task or a gather, which complete themselves. CO_EVALUE: a
 * negative result, or an error from zero up. Does not suspend.
 */
int co_future_set(co_future *future, int result);
int co_future_fail(co_future *future, int code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* await future: suspend until it is done, and return its result or its error.
 * Returns at once if it is done already. Cancelling the waiting task cancels the
 * future itself, as in asyncio; shield it where that is not wanted.
 * UV_ECANCELED: this task was cancelled, or the future was. CO_ERUNTIME, one iteration
 * later: it is this task itself, or was made in another run and is not done.
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

/* Ask for it to end. A plain future is cancelled at once. A task gets UV_ECANCELED
 * at what it waits for, in the next iteration, and may clean up or refuse.
 * False: it is done already, nothing changes. Does not suspend.
 */
bool co_cancel(co_future *future);

/* The same with a message, which is the reason (co_why) of the UV_ECANCELED that
 * comes of it. It goes along to whatever is cancelled in its stead, and from a task
 * that ends by it to the first who asks for its outcome.
 */
bool co_cancel_with(co_future *future, const char *message);

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

/* Write repr() of it as far as there is room, with a NUL: its state, its name and
 * coroutine if it is a task, what it waits for, its result or error, and who waits.
 */
void co_repr(const co_future *future, char *ret_text, size_t size);

/* add_done_callback: have `callback` run one iteration after the future is done
 * (or after now, if it is done). Several run in the order they were added, among
 * the tasks that wait. co_callback_cancel takes it back.
 */
void co_on_done(co_future *future, co_callback *callback);

/* remove_done_callback: take back every callback of this function, and return how many
 * there were: of a future that is done none, for its callbacks are on their way.
 */
size_t co_off_done(co_future *future, void (*run)(co_callback *self));

#endif
