/* error.h — error codes, the reason of an error, and errors as objects.
 *
 *     static int load(const char *name)
 *     {
 *         return co_raise(UV_ENOENT, "no such page: %s", name);
 *     }
 *
 *     int r = attempt(load("/home"));
 *     if (r == UV_ENOENT)
 *         co_say("%s: %s", co_exception_name(r), co_why());
 *
 * A coroutine returns a result from zero up, or a negative code. Most codes are libuv's
 * (UV_ECANCELED, UV_ETIMEDOUT, UV_ENOENT, …). The engine adds a few below their range,
 * and a program has its own below those. Only the code matters to the engine; the
 * reason is a text that explains it.
 *
 * Each task has a current error: the one it raised or received last. co_raise(), a wait
 * that fails and co_result() set it. It stays the current error after it is handled,
 * until the task gets another one.
 */
#ifndef CO_ERROR_H
#define CO_ERROR_H

#include <stdbool.h>
#include <stddef.h>
#include <uv.h>

#include "engine/await.h"

/* ---- codes --------------------------------------------------------------- */

/*      code           number  text                  Python's name */
#define CO_ERRORS(XX)                                                           \
    XX(CO_EDEADLK, -5001, "deadlock", "deadlock") /* all tasks wait for ever */ \
    XX(CO_ESTATE, -5002, "invalid state", "InvalidStateError")                  \
    XX(CO_EEMPTY, -5003, "queue is empty", "QueueEmpty")                        \
    XX(CO_EFULL, -5004, "queue is full", "QueueFull")                           \
    XX(CO_EVALUE, -5005, "bad value", "ValueError")                             \
    XX(CO_ERUNTIME, -5006, "runtime error", "RuntimeError")                     \
    XX(CO_EXCEPTION, -5007, "exception", "Exception")                           \
    XX(CO_EXIT, -5008, "exit", "SystemExit")                                    \
    XX(CO_EABANDONED, -5009, "run abandoned", "KeyboardInterrupt")              \
    XX(CO_EGROUP, -5010, "exception group", "ExceptionGroup")                   \
    XX(CO_ESHUTDOWN, -5011, "queue is shut down", "QueueShutDown")              \
    XX(CO_EBROKEN, -5012, "broken barrier", "BrokenBarrierError")               \
    XX(CO_ESTOP, -5013, "no more items", "StopAsyncIteration")                  \
    XX(CO_ECLOSE, -5014, "generator closed", "GeneratorExit")

enum co_error_code {
#define XX(code, number, text, python) code = number,
    CO_ERRORS(XX)
#undef XX
    /* This code and all below it are the program's own; the engine uses none. */
    CO_EUSER = -6000,
};

/* The exceptions of a program: a list like the one above,
 *
 *     #define SHOP_ERRORS(XX) \
 *         XX(SHOP_ECLOSED, CO_EUSER - 1, "shop is closed", "ShopClosed") \
 *         XX(SHOP_ESOLD, CO_EUSER - 2, "sold out", "SoldOut")
 *     CO_DECLARE_ERRORS(SHOP_ERRORS);
 *     CO_DEFINE_ERRORS(SHOP_ERRORS);
 *
 * CO_DECLARE_ERRORS makes the codes, in a header or where they are used.
 * CO_DEFINE_ERRORS, in one source file, gives their names to the three functions below.
 * Both are written outside of functions. A number above CO_EUSER does not compile. A
 * code without a definition works, too: its text is "unknown error", and its exception
 * "Exception".
 */
#define CO_DECLARE_ERRORS(ERRORS) \
    ERRORS(CO_ERROR_CHECK_)       \
    enum { ERRORS(CO_ERROR_CODE_) }

#define CO_DEFINE_ERRORS(ERRORS)                                                      \
    static co_error_table co_table_of_##ERRORS;                                       \
    __attribute__((constructor)) static void co_register_##ERRORS(void)               \
    {                                                                                 \
        co_error_register(&co_table_of_##ERRORS);                                     \
    }                                                                                 \
    static const co_error_names co_names_of_##ERRORS[] = { ERRORS(CO_ERROR_NAMES_) }; \
    static co_error_table co_table_of_##ERRORS = {                                    \
        co_names_of_##ERRORS,                                                         \
        sizeof(co_names_of_##ERRORS) / sizeof(co_error_names),                        \
        NULL,                                                                         \
    }

#define CO_ERROR_CHECK_(code, number, text, python) \
    _Static_assert((number) <= CO_EUSER, #code " must be CO_EUSER or below");
#define CO_ERROR_CODE_(code, number, text, python) code = (number),
#define CO_ERROR_NAMES_(code, number, text, python) { code, #code, text, python },

typedef struct co_error_names {
    int code;
    const char *name, *text, *python;
} co_error_names;

typedef struct co_error_table {
    const co_error_names *names;
    size_t count;
    struct co_error_table *next; /* private */
} co_error_table;

/* Add a table. The caller owns it and keeps it until the process ends. Not safe while
 * other threads run.
 */
void co_error_register(co_error_table *table);

/* What a code means: "deadlock". Never NULL; static. */
const char *co_strerror(int code);

/* The name of a code: "ECANCELED", "EDEADLK"; a program's own as it is written. Never
 * NULL; static.
 */
const char *co_error_name(int code);

/* The class of the exception in Python: "CancelledError". Never NULL; static. */
const char *co_exception_name(int code);

/* ---- raising ------------------------------------------------------------- */

/* raise: make an error of this code and reason the current one and return the code, so
 * that a coroutine fails by `return co_raise(UV_ENOENT, "no such page: %s", url);`.
 * Works in a task, a callback, a thread of an executor, and outside of a run. Does not
 * suspend.
 */
int co_raise(int code, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* str(exception): the reason of the current error, or the text of its code if it has
 * none; "" if there is no error yet. Outside of a run this is the error of the last run
 * that failed, or the last error raised there. The text is good until the next error.
 * If a cleanup function receives an error, that becomes the current error instead of
 * the one that caused the cleanup.
 */
const char *co_why(void);

/* except, finally: run the block that follows while the error `r` is handled, so that
 * an error the block raises has this one as its context, as in Python:
 *
 *     int r = attempt(load("/home"));
 *     if (r == UV_ENOENT)
 *         co_handling(r)
 *             return co_raise(CO_EVALUE, "the shop has no home page");
 *
 * If `r` is no error the block runs as well: `co_handling(r) await(close()); await(r);`
 * is a `finally`. A block that ends at its last line makes `r` the current error again;
 * `break` and `return` do not. The context is set when the block is left. Without this
 * block an error has no context: Python knows where the handling of an error ends, and
 * C does not, so an error that was handled before could become the context of an
 * unrelated one.
 */
/* clang-format off */
#define co_handling(r)                                                     \
    for (finally(co_handling_leave_) struct co_handling_ co_handling_here_ \
             = co_handling_enter_(r);                                      \
         !co_handling_here_.is_over; co_handling_here_.is_over = true)
/* clang-format on */

/* ---- errors as objects --------------------------------------------------- */

/* An error with all its parts: its reason, the errors of a group, and its context. The
 * object is needed to read these, to keep an error, or to raise it again. Read-only.
 */
typedef struct co_error co_error;

/* sys.exc_info(): the current error; NULL if there is none. The engine owns it, until
 * the next error. co_error_keep() makes a reference of the caller's, which
 * co_error_drop() ends.
 */
co_error *co_error_now(void);
co_error *co_error_keep(co_error *error); /* NULL is allowed */
void co_error_drop(co_error *error);      /* NULL is allowed */

int co_error_code(const co_error *error);

/* str(error): its reason, or the text of its code if it has none. */
const char *co_error_reason(const co_error *error);

/* False: it was raised as a code alone, as Python's TimeoutError(). NULL: false. */
bool co_error_has_reason(const co_error *error);

/* Write repr(error), cut to `size` bytes with the NUL: ValueError('why'),
 * TimeoutError() without a reason, ExceptionGroup('why', [ValueError('a')]); None for
 * NULL; "..." for a group in more than 64 others. Allocates no memory.
 */
void co_error_repr(const co_error *error, char *ret_text, size_t size);

/* raise error: make it the current one again. Returns its code. */
int co_error_raise(co_error *error);

/* __context__: the error that was handled when this one was raised: by co_handling(), a
 * timeout, a generator or a context manager; NULL: none.
 */
const co_error *co_error_context(const co_error *error);

/* exceptions: the number of errors in a group, 0 if it is no group; and the error at
 * index `i`, which is below that number.
 */
size_t co_error_count(const co_error *error);
const co_error *co_error_at(const co_error *error, size_t i);

/* except* code: split the outcome `r`, which is the current error, into the errors of
 * this code, at any depth of its groups, and the others. *ret_taken is a group of the
 * errors of this code, which the caller drops; NULL: there are none. Returns the code
 * of the others, which are the current error now; 0: there are none; `r`: nothing was
 * taken.
 */
int co_except(int r, int code, co_error **ret_taken);

/* ---- private ------------------------------------------------------------- */

struct co_handling_ {
    struct co_error *error; /* NULL: no error is handled */
    bool is_over;           /* the block was left at its last line */
};

struct co_handling_ co_handling_enter_(int r);
void co_handling_leave_(struct co_handling_ *handling);

#endif
