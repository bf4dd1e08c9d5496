/* repr.c — tasks, futures and errors as Python shows them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/core/loop_internal.h"

/* ---- errors -------------------------------------------------------------- */

static void write_character(FILE *out, unsigned char c, char quote)
{
    static const char controls[] = "\t\n\r", letters[] = "tnr";
    const char *control = c ? strchr(controls, c) : NULL;

    if (control)
        fprintf(out, "\\%c", letters[control - controls]);
    else if (c < ' ' || c == 0x7f)
        fprintf(out, "\\x%02x", c);
    else
        fprintf(out, "%s%c", c == '\\' || c == quote ? "\\" : "", c);
}

/* In single quotes, or in double ones if the text has single quotes and no double. */
static void write_quoted(FILE *out, const char *text, size_t length)
{
    const bool has_single = memchr(text, '\'', length) && !memchr(text, '"', length);
    const char quote = has_single ? '"' : '\'';

    fputc(quote, out);
    for (size_t i = 0; i < length; i++)
        write_character(out, (unsigned char)text[i], quote);
    fputc(quote, out);
}

static void write_error(FILE *out, int code, const struct co_error *error)
{
    const bool has_reason = error && !error->has_no_text;

    fprintf(out, "%s(", co_error_type_name(code, error));
    if (error && error->count > 0) {
        write_quoted(out, error->text, error->message_length);
        for (size_t i = 0; i < error->count; i++) {
            fputs(i ? ", " : ", [", out);
            write_error(out, error->parts[i]->code, error->parts[i]);
        }
        fputc(']', out);
    } else if (has_reason && code == CO_EXIT) { /* which has a number */
        fputs(error->text, out);
    } else if (has_reason) {
        write_quoted(out, error->text, strlen(error->text));
    }
    fputc(')', out);
}

void co_error_repr(const co_error *error, char *ret_text, size_t size)
{
    struct co_text text;

    co_text_begin(&text);
    if (error)
        write_error(text.out, error->code, error);
    else
        fputs("None", text.out);
    char *whole = co_text_end(&text);
    snprintf(ret_text, size, "%s", whole);
    free(whole);
}

/* ---- futures ------------------------------------------------------------- */

enum { MOST_NESTED = 16 };

/* What is being shown inside of what. */
struct nesting {
    const co_future *future;
    const struct nesting *outer;
    int depth;
};

static bool is_nested(const co_future *future, const struct nesting *in)
{
    if (in && in->depth == MOST_NESTED)
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

/* The first and the last, and how many there are between. */
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
        write_error(out, future->code, future->error);
    }
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
