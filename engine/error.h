/* error.h — error codes, and the sentence that goes with one.
 *
 * A coroutine returns a result from zero up, or a negative code. The codes are
 * libuv's (UV_ECANCELED, UV_ETIMEDOUT, UV_ENOENT, …) and, below their range, the
 * few that libuv lacks. The code decides what happens next; the text only
 * explains it.
 */
#ifndef CO_ERROR_H
#define CO_ERROR_H

#include <uv.h>

/*      code           number  text                        what Python calls it */
#define CO_ERRORS(XX)                                                  \
    XX(CO_EDEADLK, -5001, "deadlock")         /* a hang             */ \
    XX(CO_ESTATE, -5002, "invalid state")     /* InvalidStateError  */ \
    XX(CO_EEMPTY, -5003, "queue is empty")    /* QueueEmpty         */ \
    XX(CO_EFULL, -5004, "queue is full")      /* QueueFull          */ \
    XX(CO_EVALUE, -5005, "bad value")         /* ValueError         */ \
    XX(CO_ERUNTIME, -5006, "runtime error")   /* RuntimeError       */ \
    XX(CO_EXCEPTION, -5007, "exception")      /* Exception          */ \
    XX(CO_EXIT, -5008, "exit")                /* SystemExit         */ \
    XX(CO_EABANDONED, -5009, "run abandoned") /* a second Ctrl-C    */

enum co_error_code {
#define XX(code, number, text) code = number,
    CO_ERRORS(XX)
#undef XX
};

/* What a code means, libuv's or ours. Never NULL; static. */
const char *co_strerror(int code);

/* What a code is called, e.g. "ECANCELED", "EDEADLK". Never NULL; static. */
const char *co_error_name(int code);

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

#endif
