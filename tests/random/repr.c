/* Event lines, errors and results, as Python shows them.
 */
#include <stdarg.h>
#include <string.h>

#include "tests/random/world.h"

void ev(struct world *world, const char *format, ...)
{
    va_list arguments;

    if (world->silent)
        return;
    fprintf(world->out, "t=%lld i=%llu %s ", (long long)(co_now_ns() + 500) / 1000,
            (unsigned long long)co_iteration(), co_self() ? co_name(co_self()) : "-");
    va_start(arguments, format);
    vfprintf(world->out, format, arguments);
    va_end(arguments);
    fputc('\n', world->out);
}

/* ---- building texts -------------------------------------------------- */

struct text {
    char s[4096];
    size_t length;
};

static void add_part(struct text *text, const char *more, size_t length)
{
    int added = snprintf(text->s + text->length, sizeof(text->s) - text->length, "%.*s",
                         (int)length, more);

    text->length += (size_t)added;
    if (text->length >= sizeof(text->s))
        text->length = sizeof(text->s) - 1;
}

static void add(struct text *text, const char *more)
{
    add_part(text, more, strlen(more));
}

/* Without the reprs of objects, which only Python has. */
static size_t sayable(const char *why)
{
    static const char group[] = "<TaskGroup";
    size_t length = strcspn(why, "<");

    if (!why[length] || strncmp(why + length, group, strlen(group)) == 0)
        return strlen(why);
    return length > 0 && why[length - 1] == ' ' ? length - 1 : length;
}

static void add_error_alone(struct text *text, int code, const char *why)
{
    add(text, code == UV_EINVAL ? "TypeError" : co_exception_name(code));
    if (strcmp(why, co_strerror(code)) == 0 || sayable(why) == 0)
        return;
    add(text, "('");
    add_part(text, why, sayable(why));
    add(text, "')");
}

enum { DEEPEST = 3 }; /* levels of nested lists that are shown */

bool is_exception(const co_error *error)
{
    for (size_t i = 0; i < co_error_count(error); i++)
        if (!is_exception(co_error_at(error, i)))
            return false;
    return co_error_code(error) != UV_ECANCELED && co_error_code(error) != CO_ECLOSE;
}

static void add_error_without_parts(struct text *text, const co_error *error)
{
    if (co_error_count(error) > 0 && !is_exception(error))
        add(text, "Base"); /* Python has a name of its own for such a group */
    add_error_alone(text, co_error_code(error), co_error_reason(error));
}

static void add_error(struct text *text, const co_error *error, int depth)
{
    size_t count = co_error_count(error);

    add_error_without_parts(text, error);
    if (count == 0)
        return;
    add(text, depth == DEEPEST ? "[..." : "[");
    for (size_t i = 0; i < count && depth < DEEPEST; i++) {
        if (i > 0)
            add(text, ", ");
        add_error(text, co_error_at(error, i), depth + 1);
    }
    add(text, "]");
}

/* Showing an error retrieves it. The message of a cancellation is left out inside a
 * list, since it is for the first awaiter.
 */
static void add_failure(struct text *text, const struct handle *handle, int depth)
{
    int code = co_outcome(handle->future);

    if (code == UV_ECANCELED || !co_done(handle->future))
        add_error_alone(text, code, depth > 0 ? "" : co_reason(handle->future));
    else if (attempt(co_join(handle->future)) < 0)
        add_error(text, co_error_now(), depth);
}

static void add_outcome(struct text *text, const struct handle *handle, int depth)
{
    char number[16];

    if (co_outcome(handle->future) < 0) {
        add_failure(text, handle, depth);
        return;
    }
    if (handle->kind == SHIELD) {
        add_outcome(text, handle->children[0], depth);
        return;
    }
    if (handle->kind != GATHERING) {
        snprintf(number, sizeof(number), "%d", co_outcome(handle->future));
        add(text, number);
        return;
    }
    if (depth == DEEPEST) {
        add(text, "[...]");
        return;
    }
    add(text, "[");
    for (size_t i = 0; i < handle->count; i++) {
        if (i > 0)
            add(text, ", ");
        add_outcome(text, handle->children[i], depth + 1);
    }
    add(text, "]");
}

/* ---- results and states ----------------------------------------------- */

const char *repr_error(int code)
{
    static _Thread_local struct text text;
    const co_error *error = co_error_now();

    text = (struct text){};
    if (error && co_error_code(error) == code)
        add_error(&text, error, 0);
    else
        add_error_alone(&text, code, "that left no reason");
    return text.s;
}

const char *repr_group(const co_error *group)
{
    static _Thread_local struct text text;

    text = (struct text){};
    add_error(&text, group, 0);
    return text.s;
}

const char *repr_context(const co_exception_context *context)
{
    static const char callback[] = "Exception in callback";
    static _Thread_local struct text text;

    text = (struct text){};
    if (strncmp(context->message, callback, strlen(callback)) == 0)
        add(&text, callback);
    else
        add_part(&text, context->message, sayable(context->message));
    if (context->code == 0)
        return text.s;
    add(&text, " ");
    if (context->error)
        add_error_without_parts(&text, context->error);
    else
        add_error_alone(&text, context->code, "");
    return text.s;
}

const char *repr_result(const struct handle *handle)
{
    static _Thread_local struct text text;

    text = (struct text){};
    add_outcome(&text, handle, 0);
    return text.s;
}

const char *repr_state(const struct handle *handle)
{
    if (!co_done(handle->future))
        return "pending";
    return co_cancelled(handle->future) ? "cancelled" : repr_result(handle);
}
