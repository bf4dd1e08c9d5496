/* repr.c — tasks, futures and errors as Python shows them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/core/loop_internal.h"

/* ---- errors -------------------------------------------------------------- */

/* A text of limited size. As in snprintf(), characters that do not fit are counted but
 * not written. No memory is allocated, so that errors can be shown in a failing
 * program.
 */
struct span {
    char *text;
    size_t size, length;
};

static void put(struct span *span, char c)
{
    if (span->length + 1 < span->size)
        span->text[span->length] = c;
    span->length++;
}

static void put_all(struct span *span, const char *text)
{
    while (*text)
        put(span, *text++);
}

static void put_character(struct span *span, unsigned char c, char quote)
{
    static const char controls[] = "\t\n\r", letters[] = "tnr";
    const char *control = c ? strchr(controls, c) : NULL;
    char code[sizeof("\\x00")];

    if (control || c == '\\' || c == (unsigned char)quote) {
        put(span, '\\');
        put(span, control ? letters[control - controls] : (char)c);
    } else if (c < ' ' || c == 0x7f) {
        snprintf(code, sizeof(code), "\\x%02x", c);
        put_all(span, code);
    } else {
        put(span, (char)c);
    }
}

/* In single quotes, or in double ones if the text has single quotes and no double. */
static void put_quoted(struct span *span, const char *text, size_t length)
{
    const bool has_single = memchr(text, '\'', length) && !memchr(text, '"', length);
    const char quote = has_single ? '"' : '\'';

    put(span, quote);
    for (size_t i = 0; i < length; i++)
        put_character(span, (unsigned char)text[i], quote);
    put(span, quote);
}

/* Groups nested more deeply than this are shown as "...": stacks are small. */
enum { MAX_GROUPS = 64 };

static void put_error(struct span *span, int code, const struct co_error *error,
                      int depth)
{
    put_all(span, co_error_type_name(code, error));
    put(span, '(');
    if (error && error->count > 0) {
        put_quoted(span, error->text, error->message_length);
        for (size_t i = 0; i < error->count; i++) {
            put_all(span, i ? ", " : ", [");
            if (depth == MAX_GROUPS)
                put_all(span, "...");
            else
                put_error(span, error->parts[i]->code, error->parts[i], depth + 1);
        }
        put(span, ']');
    } else if (co_error_has_reason(error) && code == CO_EXIT) { /* a number */
        put_all(span, error->text);
    } else if (co_error_has_reason(error)) {
        put_quoted(span, error->text, strlen(error->text));
    }
    put(span, ')');
}

void co_error_repr(const co_error *error, char *ret_text, size_t size)
{
    struct span span = { ret_text, size, 0 };

    if (error)
        put_error(&span, error->code, error, 0);
    else
        put_all(&span, "None");
    if (size > 0)
        ret_text[span.length < size ? span.length : size - 1] = '\0';
}

void co_write_error(FILE *out, int code, const struct co_error *error)
{
    struct span span = {};

    put_error(&span, code, error, 0);
    span = (struct span){ co_alloc(span.length), span.length + 1, 0 };
    put_error(&span, code, error, 0);
    fwrite(span.text, 1, span.length, out);
    free(span.text);
}

/* ---- futures ------------------------------------------------------------- */

enum { MAX_NESTED = 16 };

/* The future that is being written, and the ones around it. */
struct nesting {
    const co_future *future;
    const struct nesting *outer;
    int depth;
};

static bool is_nested(const co_future *future, const struct nesting *in)
{
    if (in && in->depth == MAX_NESTED)
        return true;
    for (; in; in = in->outer)
        if (in->future == future)
            return true;
    return false;
}

static const char *state_of(const co_future *future)
{
    static const char *const states[] = {
        [CO_PENDING] = "pending",
        [CO_HAS_RESULT] = "finished",
        [CO_HAS_FAILED] = "finished",
        [CO_WAS_CANCELLED] = "cancelled",
    };

    if (co_is_pending(future) && future->class == &co_task_class &&
        co_cancelling(future) > 0)
        return "cancelling";
    return states[future->state];
}

static void write_callback(FILE *out, const struct co_list *link)
{
    const co_callback *callback = co_container_of(link, co_callback, link);

    fputs(callback->run == co_task_step ? "Task.task_wakeup()" : "callback()", out);
}

/* The first and the last, with the number of those between. */
static void write_callbacks(FILE *out, const struct co_list *callbacks)
{
    size_t count = 0;

    co_list_each(link, callbacks)
        count++;
    if (count == 0)
        return;
    fputs(" cb=[", out);
    write_callback(out, callbacks->next);
    if (count > 2)
        fprintf(out, ", <%zu more>", count - 2);
    if (count > 1) {
        fputs(", ", out);
        write_callback(out, callbacks->prev);
    }
    fputc(']', out);
}

static void write_future(FILE *out, const co_future *future, const struct nesting *in);

static void write_task(FILE *out, const co_future *future, const struct nesting *in)
{
    const struct co_task_impl *task = co_task_of(future);

    fprintf(out, " name='%s' coro=<%s() %s>", co_name(future), task->fn_name,
            co_is_pending(future) ? "running" : "done");
    if (task->waiting) {
        fputs(" wait_for=", out);
        write_future(out, task->waiting, in);
    }
}

static void write_future(FILE *out, const co_future *future, const struct nesting *in)
{
    const struct nesting here = { future, in, in ? in->depth + 1 : 1 };

    if (is_nested(future, in)) {
        fputs("...", out);
        return;
    }
    fprintf(out, "<%s %s", co_type_name(future), state_of(future));
    if (future->class == &co_task_class)
        write_task(out, future, &here);
    if (future->state == CO_HAS_RESULT)
        fprintf(out, " result=%d", future->code);
    if (future->state == CO_HAS_FAILED) {
        fputs(" exception=", out);
        co_write_error(out, future->code, co_future_known_error(future));
    }
    if (!co_future_has_dead_callbacks(future))
        write_callbacks(out, &future->callbacks);
    fputc('>', out);
}

char *co_repr_new(const co_future *future)
{
    struct co_text text;

    co_text_begin(&text);
    write_future(text.out, future, NULL);
    return co_text_end(&text);
}

void co_repr(const co_future *future, char *ret_text, size_t size)
{
    char *text = co_repr_new(future);

    snprintf(ret_text, size, "%s", text);
    free(text);
}
