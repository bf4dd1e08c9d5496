#include "engine/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "engine/sched.h"

/* Spelled out rather than left to uv_strerror(), which allocates for codes it does
 * not know.
 */
const char *co_strerror(int code)
{
    switch (code) {
#define XX(name, number, text) \
    case name:                 \
        return text;
        CO_ERRORS(XX)
#undef XX
#define XX(name, text) \
    case UV_##name:    \
        return text;
        UV_ERRNO_MAP(XX)
#undef XX
    default:
        return "unknown error";
    }
}

const char *co_error_name(int code)
{
    switch (code) {
#define XX(name, number, text) \
    case name:                 \
        return &#name[sizeof("CO_") - 1];
        CO_ERRORS(XX)
#undef XX
#define XX(name, text) \
    case UV_##name:    \
        return #name;
        UV_ERRNO_MAP(XX)
#undef XX
    default:
        return "UNKNOWN";
    }
}

struct co_error *co_error_new(int code, const char *format, va_list arguments)
{
    va_list again;

    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);

    struct co_error *error = co_alloc(sizeof(*error) + (size_t)length + 1);
    error->refs = 1;
    error->code = code;
    vsnprintf(error->text, (size_t)length + 1, format, arguments);
    co_list_append(&co_loop_here()->errors, &error->all);
    return error;
}

struct co_error *co_error_ref(struct co_error *error)
{
    if (error)
        error->refs++;
    return error;
}

void co_error_unref(struct co_error *error)
{
    if (!error || --error->refs > 0)
        return;
    co_list_remove(&error->all);
    free(error);
}

/* Where the running task, or the code outside all tasks, notes what it met. */
static struct co_error **caught_by(int **ret_code)
{
    struct co_loop *loop = co_loop_here();

    *ret_code = loop->current ? &loop->current->caught_code : &loop->caught_code;
    return loop->current ? &loop->current->caught : &loop->caught;
}

int co_caught(int code, struct co_error *error)
{
    int *caught_code;
    struct co_error **caught = caught_by(&caught_code);

    co_error_ref(error);
    co_error_unref(*caught);
    *caught = error;
    *caught_code = code;
    return code;
}

int co_raise(int code, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    struct co_error *error = co_error_new(code, format, arguments);
    va_end(arguments);
    co_caught(code, error);
    co_error_unref(error);
    return code;
}

const char *co_why(void)
{
    int *code;

    if (!co_loop_now)
        return "";
    struct co_error **caught = caught_by(&code);

    return *caught ? (*caught)->text : *code < 0 ? co_strerror(*code) : "";
}
