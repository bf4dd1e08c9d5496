/* exception_handler.h — what goes wrong where nobody waits for it: the exception
 * handler.
 *
 * A task that failed and was never asked, a callback that failed: asyncio hands them
 * to the loop's exception handler, which by default tells the observer (CO_NOTE).
 * None of these suspends.
 */
#ifndef CO_EXCEPTION_HANDLER_H
#define CO_EXCEPTION_HANDLER_H

#include <stddef.h>

#include "engine/future.h"

/* The context of asyncio's exception handlers. What is NULL or 0 is not there. */
typedef struct co_exception_context {
    const char *kind;     /* one word for traces, as "never-retrieved" */
    const char *message;  /* NULL: "Unhandled exception in event loop" */
    int code;             /* of the error it is about, */
    co_error *error;      /* and its reason; NULL: it has none */
    co_future *future;    /* the task or future that failed */
    co_task *task;        /* the task that did not end as it should */
    const char *callback; /* what the callback that failed is called */
    const struct co_exception_detail {
        const char *key, *value;
    } * more; /* whatever else is worth knowing, */
    size_t count;
} co_exception_context;

/* Called with every trouble, whose pointers are good for the call. Returns 0, or an
 * error, which is then trouble of its own, told by the default handler; CO_EXIT ends
 * the run.
 */
typedef struct co_exception_handler {
    int (*handle)(struct co_exception_handler *self,
                  const co_exception_context *trouble);
} co_exception_handler;

/* The caller owns it, and keeps it until it is replaced, or until the next run or the
 * next runner begins, which have the default one. NULL: the default.
 */
void co_set_exception_handler(co_exception_handler *handler);
co_exception_handler *co_get_exception_handler(void);

/* Hand it over: to the handler, or to the default one. */
void co_call_exception_handler(const co_exception_context *trouble);

/* What the default one does, for a handler that wants that as well. */
void co_default_exception_handler(const co_exception_context *trouble);

/* The same for the error a callback meets: it has nobody to return it to. CO_EXIT ends
 * the run.
 */
#define co_callback_raise(code, ...) co_callback_raise_(__func__, (code), __VA_ARGS__)
void co_callback_raise_(const char *name, int code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
