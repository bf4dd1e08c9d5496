#include "tests/support/py_repr.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "engine/co.h"

const char *py_bool(bool value) { return value ? "True" : "False"; }

const char *py_exception(int code)
{
    return code == UV_ENOENT ? "KeyError" : co_exception_name(code);
}

/* An error without a reason has the text of its code, which Python does not show. */
static bool has_no_reason(int code, const char *reason)
{
    return strcmp(reason, co_strerror(code)) == 0;
}

struct py_text py_repr_reason(int code, const char *reason)
{
    const bool bare = has_no_reason(code, reason);
    /* The argument of SystemExit is a number. */
    const char *quote = bare || code == CO_EXIT ? "" : "'";
    struct py_text text;

    snprintf(text.s, sizeof(text.s), "%s(%s%s%s)", py_exception(code), quote,
             bare ? "" : reason, quote);
    return text;
}

struct py_text py_repr(int code)
{
    return code == CO_EGROUP ? py_repr_error(co_error_now())
                             : py_repr_reason(code, co_why());
}

struct py_text py_args(int code)
{
    const char *why = co_why();
    const bool bare = has_no_reason(code, why);
    struct py_text text;

    snprintf(text.s, sizeof(text.s), "(%s%s%s)", bare ? "" : "'", bare ? "" : why,
             bare ? "" : "',");
    return text;
}

static void append(struct py_text *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Not by a memory stream, whose allocations fault injection would count. */
static void append(struct py_text *text, const char *format, ...)
{
    size_t used = strlen(text->s);
    va_list args;

    va_start(args, format);
    vsnprintf(text->s + used, sizeof(text->s) - used, format, args);
    va_end(args);
}

static void append_errors(struct py_text *text, const co_error *group);

static void append_error(struct py_text *text, const co_error *error)
{
    const char *reason = co_error_reason(error);

    if (co_error_count(error) == 0) {
        append(text, "%s", py_repr_reason(co_error_code(error), reason).s);
        return;
    }
    /* The message, without " (2 sub-exceptions)" at its end. */
    int length = (int)(strrchr(reason, '(') - reason) - 1;
    append(text, "%s('%.*s', [", py_exception(co_error_code(error)), length, reason);
    append_errors(text, error);
    append(text, "])");
}

static void append_errors(struct py_text *text, const co_error *group)
{
    for (size_t i = 0; i < co_error_count(group); i++) {
        append(text, i ? ", " : "");
        append_error(text, co_error_at(group, i));
    }
}

struct py_text py_repr_error(const co_error *error)
{
    struct py_text text = {};

    if (!error)
        return (struct py_text){ "None" };
    append_error(&text, error);
    return text;
}

struct py_text py_repr_errors(const co_error *group)
{
    struct py_text text = { "(" };

    append_errors(&text, group);
    append(&text, co_error_count(group) == 1 ? ",)" : ")");
    return text;
}
