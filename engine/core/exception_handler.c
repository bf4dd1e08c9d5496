#include "engine/exception_handler.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/core/emit.h"

void co_set_exception_handler(co_exception_handler *handler)
{
    co_loop_here(__func__)->handler = handler;
}

co_exception_handler *co_get_exception_handler(void)
{
    return co_loop_here(__func__)->handler;
}

/* ---- the default: a note ------------------------------------------------- */

static int by_key(const void *one, const void *other)
{
    const struct co_exception_detail *a = one, *b = other;

    return strcmp(a->key, b->key);
}

/* Everything but the message and the error, a line each, in the order of the keys. */
static char *details(const co_exception_context *context)
{
    struct co_exception_detail *entries =
        co_alloc((context->count + 3) * sizeof(*entries));
    size_t count = context->count;
    char *future = NULL, *task = NULL;
    struct co_text text;

    if (count)
        memcpy(entries, context->more, count * sizeof(*entries));
    if (context->future)
        entries[count++] =
            (struct co_exception_detail){ "future",
                                          future = co_repr_new(context->future) };
    if (context->task)
        entries[count++] =
            (struct co_exception_detail){ "task", task = co_repr_new(context->task) };
    if (context->callback)
        entries[count++] = (struct co_exception_detail){ "handle", context->callback };
    qsort(entries, count, sizeof(*entries), by_key);

    co_text_begin(&text);
    for (size_t i = 0; i < count; i++)
        fprintf(text.out, "%s%s: %s", i ? "\n" : "", entries[i].key, entries[i].value);
    free(entries);
    free(future);
    free(task);
    return co_text_end(&text);
}

/* The task it is about, if it is about one. */
static const co_task *task_of(const co_exception_context *context)
{
    const co_future *future = context->future;

    return context->task                               ? context->task
           : future && future->class == &co_task_class ? future
                                                       : NULL;
}

void co_default_exception_handler(const co_exception_context *context)
{
    struct co_loop *loop = co_loop_here(__func__);
    bool silent = !context->message || !*context->message;

    if (!co_is_observed(loop))
        return;
    char *text = details(context);
    co_emit(loop,
            &(co_trace_event){
                .kind = CO_NOTE,
                .task = task_of(context),
                .what = context->kind ? context->kind : "error",
                .text = silent ? "Unhandled exception in event loop" : context->message,
                .number = context->code,
                .object = context->error      ? context->error->text
                          : context->code < 0 ? co_strerror(context->code)
                                              : NULL,
                .details = *text ? text : NULL,
            });
    free(text);
}

/* ---- the handler --------------------------------------------------------- */

/* SystemExit and KeyboardInterrupt are not for the handler: they end the loop. A task
 * is not interrupted in the middle of its turn.
 */
static bool exits(struct co_loop *loop, int code, struct co_error *error)
{
    if (!co_error_ends_loop(code) || !loop->running || loop->current)
        return false;
    co_loop_exit(loop, code, error);
    return true;
}

void co_call_exception_handler(const co_exception_context *context)
{
    struct co_loop *loop = co_loop_here(__func__);
    co_exception_handler *handler = loop->handler   ? loop->handler
                                    : loop->running ? NULL
                                                    : loop->ended_handler;

    if (!handler) {
        co_default_exception_handler(context);
        return;
    }
    /* An error of the handler is not the current error of the task that calls it. */
    struct co_current_error before = co_current_error_save();
    int r = handler->handle(handler, context);
    if (r < 0 && !exits(loop, r, co_current_error_with_code(r)))
        co_default_exception_handler(&(co_exception_context){
            .kind = "handler",
            .message = "Unhandled error in exception handler",
            .code = r,
            .error = co_current_error_with_code(r),
        });
    co_current_error_restore(before);
}

static void report_failed(const char *name, int code, struct co_error *error)
{
    char message[128], callback[64];

    snprintf(message, sizeof(message), "Exception in callback %s()", name);
    snprintf(callback, sizeof(callback), "<Handle %s()>", name);
    co_call_exception_handler(&(co_exception_context){
        .kind = "callback",
        .message = message,
        .code = code,
        .error = error,
        .callback = callback,
    });
}

void co_callback_raise_(const char *name, int code, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    struct co_error *error = co_error_new(code, format, arguments);
    va_end(arguments);
    if (!exits(co_loop_here("co_callback_raise"), code, error))
        report_failed(name, code, error);
    co_error_drop(error);
}

void co_report_never_retrieved(co_future *future)
{
    char message[64];

    future->unretrieved = false;
    snprintf(message, sizeof(message), "%s exception was never retrieved",
             co_type_name(future));
    co_call_exception_handler(&(co_exception_context){
        .kind = "never-retrieved",
        .message = message,
        .code = future->code,
        .error = future->error,
        .future = future,
    });
}
