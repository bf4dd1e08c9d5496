/* exception_handler.h — the exception handler of a loop: for errors that no caller
 * gets.
 *
 *     static int print(co_exception_handler *, const co_exception_context *context)
 *     {
 *         co_say("%s: %s", context->message, co_strerror(context->code));
 *         return 0;
 *     }
 *
 *     static co_exception_handler printer = { print };
 *
 *     co_set_exception_handler(&printer);
 *     co_call_exception_handler(&(co_exception_context){
 *         .message = "lost", .code = UV_ENOENT });
 *
 * As in asyncio, the handler of the loop gets the error of a task that no task waited
 * for, the error of a callback, and an error in the shutdown. The default handler emits
 * an event for the observer (CO_NOTE). Nothing here suspends.
 */
#ifndef CO_EXCEPTION_HANDLER_H
#define CO_EXCEPTION_HANDLER_H

#include <stddef.h>

#include "engine/future.h"

/* The context of asyncio's exception handlers. A field that is NULL or 0 is absent. */
typedef struct co_exception_context {
    const char *kind;     /* a word for traces, as "never-retrieved" */
    const char *message;  /* NULL: "Unhandled exception in event loop" */
    int code;             /* the error, */
    co_error *error;      /* and its reason; NULL: it has none */
    co_future *future;    /* the task or future that failed */
    co_task *task;        /* the task that did not end as it should */
    const char *callback; /* the name of the callback that failed */
    const struct co_exception_detail {
        const char *key, *value;
    } * more; /* further details, */
    size_t count;
} co_exception_context;

/* `handle` is called with each context. The pointers in the context are good until it
 * returns. It returns 0 or an error. The default handler gets that error, except that
 * CO_EXIT and UV_EINTR (SystemExit, KeyboardInterrupt) end the run.
 */
typedef struct co_exception_handler {
    int (*handle)(struct co_exception_handler *self,
                  const co_exception_context *context);
} co_exception_handler;

/* loop.set_exception_handler() of the current loop: the loop of the run, or between
 * runs that of the runner that ran last. NULL: the default handler, which each new loop
 * has. The caller owns the handler, and keeps it until it is replaced, or until its
 * loop has ended and the next run begins.
 *
 * Without a loop, outside of co_run() and co_program(), every function of this header
 * ends the program with a sentence (loop.h).
 */
void co_set_exception_handler(co_exception_handler *handler);
co_exception_handler *co_get_exception_handler(void); /* NULL: the default */

/* loop.call_exception_handler: call the handler, or the default one. */
void co_call_exception_handler(const co_exception_context *context);

/* loop.default_exception_handler(), for a handler that also calls the default one. */
void co_default_exception_handler(const co_exception_context *context);

/* Raise an error in a callback, which has no caller to return it to: it goes to the
 * exception handler. CO_EXIT and UV_EINTR end the run.
 */
#define co_callback_raise(code, ...) co_callback_raise_(__func__, (code), __VA_ARGS__)
void co_callback_raise_(const char *name, int code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
