/* error.h — error codes, and the sentence that goes with one.
 *
 * A coroutine returns a result from zero up, or a negative code. The codes are
 * libuv's (UV_ECANCELED, UV_ETIMEDOUT, UV_ENOENT, …) and, below their range, the
 * few that libuv lacks. The code decides what happens next; the text only
 * explains it.
 */
#ifndef CO_ERROR_H
#define CO_ERROR_H

#include <stddef.h>
#include <uv.h>

/*      code           number  text                  what Python calls it */
#define CO_ERRORS(XX)                                                 \
    XX(CO_EDEADLK, -5001, "deadlock", "deadlock") /* it would hang */ \
    XX(CO_ESTATE, -5002, "invalid state", "InvalidStateError")        \
    XX(CO_EEMPTY, -5003, "queue is empty", "QueueEmpty")              \
    XX(CO_EFULL, -5004, "queue is full", "QueueFull")                 \
    XX(CO_EVALUE, -5005, "bad value", "ValueError")                   \
    XX(CO_ERUNTIME, -5006, "runtime error", "RuntimeError")           \
    XX(CO_EXCEPTION, -5007, "exception", "Exception")                 \
    XX(CO_EXIT, -5008, "exit", "SystemExit")                          \
    XX(CO_EABANDONED, -5009, "run abandoned", "KeyboardInterrupt")    \
    XX(CO_EGROUP, -5010, "exception group", "ExceptionGroup")         \
    XX(CO_ESHUTDOWN, -5011, "queue is shut down", "QueueShutDown")    \
    XX(CO_EBROKEN, -5012, "broken barrier", "BrokenBarrierError")     \
    XX(CO_ESTOP, -5013, "no more items", "StopAsyncIteration")        \
    XX(CO_ECLOSE, -5014, "generator closed", "GeneratorExit")

enum co_error_code {
#define XX(code, number, text, python) code = number,
    CO_ERRORS(XX)
#undef XX
};

/* What a code means, libuv's or ours. Never NULL; static. */
const char *co_strerror(int code);

/* What a code is called, e.g. "ECANCELED", "EDEADLK". Never NULL; static. */
const char *co_error_name(int code);

/* What Python calls an error like it, e.g. "CancelledError". Never NULL; static. */
const char *co_exception_name(int code);

/* Leave `text` as the reason in the running task and give the code back, so that
 * an error is raised by `return co_raise(UV_ENOENT, "no such page: %s", url);`.
 * Does not suspend. Call it from a task.
 */
int co_raise(int code, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The reason of the error the running task raised or received last; the code's
 * own text if it came without one. In a program outside a run: that of the last run
 * that failed. Outside a program: "". Good until the next error, so a cleanup that
 * meets one of its own takes the place of the reason it runs for.
 */
const char *co_why(void);

/* ---- the error itself, where code and reason are not enough -------------- */

/* An error is an object where it has a reason, came while another was handled, or
 * is a group of several. Read-only.
 */
typedef struct co_error co_error;

/* The error whose reason co_why() gives; NULL if there is none. It is the engine's,
 * and good until the next error; co_error_keep() it beyond that, and drop it then.
 */
co_error *co_error_now(void);
co_error *co_error_keep(co_error *error);
void co_error_drop(co_error *error); /* NULL is allowed */

int co_error_code(const co_error *error);
const char *co_error_reason(const co_error *error); /* the code's own, without one */

/* Raise it again: it is what the running task has met, as if it came only now. */
int co_error_raise(co_error *error);

/* The error that was on its way when this one took its place; NULL: none. */
const co_error *co_error_context(const co_error *error);

/* What is in a group; 0 if it is not one. `i` is below the count. */
size_t co_error_count(const co_error *error);
const co_error *co_error_at(const co_error *error, size_t i);

/* except* code: part an outcome into the errors of this code, at any depth of its
 * groups, and the others. Returns what is left to be raised: 0 if nothing is, `r` if
 * nothing was taken. *ret_taken: the group of those taken, the caller's to drop;
 * NULL: none.
 */
int co_except(int r, int code, co_error **ret_taken);

#endif
