#include "engine/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "engine/core/loop_internal.h"

/* ---- the object ---------------------------------------------------------- */

struct co_error *co_error_new(int code, const char *format, va_list arguments)
{
    va_list again;

    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);

    struct co_error *error = co_alloc(sizeof(*error) + (size_t)length + 1);
    *error = (struct co_error){ .refs = 1, .code = code };
    vsnprintf(error->text, (size_t)length + 1, format, arguments);
    co_list_init(&error->all);
    if (co_loop_now)
        co_list_append(&co_loop_now->errors_all, &error->all);
    return error;
}

struct co_error *co_error_newf(int code, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    struct co_error *error = co_error_new(code, format, arguments);
    va_end(arguments);
    return error;
}

struct co_error *co_error_keep(struct co_error *error)
{
    if (error)
        error->refs++;
    return error;
}

struct co_error *co_error_object(int code, struct co_error *error)
{
    if (error)
        return co_error_keep(error);
    error = co_error_newf(code, "%s", co_strerror(code));
    error->has_no_text = true;
    return error;
}

void co_error_free(struct co_error *error)
{
    co_list_remove(&error->all);
    free(error->parts);
    free(error);
}

/* A chain of contexts can be long, groups can be nested deeply, and stacks are small:
 * so adopting and dropping do not recurse. A list has what is still to be done.
 */
static void adopt_one(struct co_loop *loop, struct co_error *error)
{
    if (error && co_list_empty(&error->all))
        co_list_append(&loop->errors_all, &error->all);
}

void co_error_adopt(struct co_loop *loop, struct co_error *error)
{
    struct co_list *all = &loop->errors_all;

    if (!error || !co_list_empty(&error->all))
        return;
    adopt_one(loop, error);
    for (struct co_list *link = &error->all; link != all; link = link->next) {
        const struct co_error *adopted = co_container_of(link, struct co_error, all);
        adopt_one(loop, adopted->context);
        for (size_t i = 0; i < adopted->count; i++)
            adopt_one(loop, adopted->parts[i]);
    }
}

/* Drop a reference. If it was the last one, move the error to `dead`. */
static void drop_one(struct co_error *error, struct co_list *dead)
{
    if (!error || --error->refs > 0)
        return;
    co_list_remove(&error->all);
    co_list_append(dead, &error->all);
}

void co_error_drop(struct co_error *error)
{
    struct co_list dead;

    co_list_init(&dead);
    drop_one(error, &dead);
    while (!co_list_empty(&dead)) {
        error = co_container_of(dead.next, struct co_error, all);
        drop_one(error->context, &dead);
        for (size_t i = 0; i < error->count; i++)
            drop_one(error->parts[i], &dead);
        co_error_free(error);
    }
}

int co_error_code(const co_error *error) { return error->code; }

const char *co_error_reason(const co_error *error) { return error->text; }

bool co_error_has_reason(const co_error *error) { return error && !error->has_no_text; }

const co_error *co_error_context(const co_error *error) { return error->context; }

size_t co_error_count(const co_error *error) { return error->count; }

const co_error *co_error_at(const co_error *error, size_t i) { return error->parts[i]; }

/* ---- the current error --------------------------------------------------- */

_Thread_local struct co_current_error *co_thread_current_error;

/* The current error of a thread that runs neither a loop nor the function of an
 * executor. Of a program that has ended only the text of the reason remains, since the
 * objects were freed with it.
 */
static _Thread_local struct {
    struct co_current_error error;
    char reason[512]; /* "": error.error has it, if there is one */
} outside;

struct co_current_error *co_current_error_here(void)
{
    struct co_loop *loop = co_loop_now;

    if (co_thread_current_error)
        return co_thread_current_error;
    if (!loop)
        return &outside.error;
    return loop->current ? &loop->current->current_error : &loop->current_error;
}

/* The reason of this current error, if it is that of a program that has ended; NULL: it
 * is not.
 */
static const char *outlived_reason(const struct co_current_error *current)
{
    return current == &outside.error && outside.reason[0] ? outside.reason : NULL;
}

void co_current_error_outlive(const struct co_current_error *current)
{
    co_set_current_error(current->code, NULL);
    if (co_error_has_reason(current->error))
        snprintf(outside.reason, sizeof(outside.reason), "%s", current->error->text);
}

int co_set_current_error(int code, struct co_error *error)
{
    struct co_current_error *current = co_current_error_here();

    co_error_keep(error);
    co_error_drop(current->error);
    *current = (struct co_current_error){ error, code };
    if (current == &outside.error)
        outside.reason[0] = '\0';
    return code;
}

struct co_current_error co_current_error_save(void)
{
    struct co_current_error saved = *co_current_error_here();

    co_error_keep(saved.error);
    return saved;
}

void co_current_error_restore(struct co_current_error saved)
{
    co_set_current_error(saved.code, saved.error);
    co_error_drop(saved.error);
}

struct co_error *co_current_error_with_code(int code)
{
    struct co_error *error = co_current_error_here()->error;

    return error && error->code == code ? error : NULL;
}

co_error *co_error_now(void)
{
    struct co_current_error *current = co_current_error_here();

    if (current->error || current->code >= 0)
        return current->error;
    const char *reason = outlived_reason(current);
    current->error = reason ? co_error_newf(current->code, "%s", reason)
                            : co_error_object(current->code, NULL);
    return current->error;
}

int co_error_raise(co_error *error) { return co_set_current_error(error->code, error); }

struct co_error *co_current_error_object(int code)
{
    if (co_current_error_here()->code != code)
        co_set_current_error(code, NULL);
    return co_error_keep(co_error_now());
}

/* Whether `other` is the error or one of its contexts. */
static bool leads_to(const struct co_error *error, const struct co_error *other)
{
    while (error && error != other)
        error = error->context;
    return error;
}

int co_error_chain(int code, struct co_error *handled)
{
    if (co_current_error_here()->code != code)
        co_set_current_error(code, code == handled->code ? handled : NULL);

    struct co_error *error = co_error_now();
    if (leads_to(error, handled) || leads_to(handled, error))
        return code;
    while (error->context)
        error = error->context;
    error->context = co_error_keep(handled);
    return code;
}

int co_raise_from(int handled, int code, const char *text)
{
    struct co_error *error = co_current_error_object(handled);

    co_raise(code, "%s", text);
    co_error_chain(code, error);
    co_error_drop(error);
    return code;
}

int co_vraise(int code, const char *format, va_list arguments)
{
    struct co_error *error = co_error_new(code, format, arguments);

    co_set_current_error(code, error);
    co_error_drop(error);
    return code;
}

int co_raise(int code, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    co_vraise(code, format, arguments);
    va_end(arguments);
    return code;
}

const char *co_why(void)
{
    const struct co_current_error *current = co_current_error_here();
    const char *reason = outlived_reason(current);

    return current->error      ? current->error->text
           : reason            ? reason
           : current->code < 0 ? co_strerror(current->code)
                               : "";
}

/* ---- co_handling() ------------------------------------------------------- */

struct co_handling_ co_handling_enter_(int r)
{
    return (struct co_handling_){ .error = r < 0 ? co_current_error_object(r) : NULL };
}

void co_handling_leave_(struct co_handling_ *handling)
{
    struct co_error *handled = handling->error;
    struct co_current_error *current = co_current_error_here();

    if (!handled)
        return;
    if (current->error != handled)
        co_error_chain(current->code, handled);
    if (handling->is_over)
        co_error_raise(handled);
    co_error_drop(handled);
}
