#include "cli/trace/detail.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/text.h"
#include "cli/trace/detail_parts.h"

/* ---- spawn: child, and its coroutine if that has another name ------------ */

/* A task, and perhaps a word more. */
static bool parse_pair(struct trace_event *event, char *detail, char **second)
{
    char *words[PARTS_MOST];
    size_t count = part_split(detail, words);

    if (count < 1 || count > 2)
        return false;
    event->other = part_copy(words[0]);
    *second = count == 2 ? part_copy(words[1]) : NULL;
    return true;
}

static void print_spawn(FILE *out, const struct trace_event *event)
{
    part_print(out, "", event->other ? event->other : "-");
    if (!part_is(event->function, event->other))
        part_print(out, " ", event->function);
}

static bool parse_spawn(struct trace_event *event, char *detail)
{
    if (!parse_pair(event, detail, &event->function))
        return false;
    if (!event->function)
        event->function = part_copy(event->other);
    return true;
}

/* ---- cancel: whom, and why if no task wanted it -------------------------- */

static void print_cancel(FILE *out, const struct trace_event *event)
{
    part_print(out, "", event->other ? event->other : "-");
    part_print(out, " ", event->what);
}

static bool parse_cancel(struct trace_event *event, char *detail)
{
    return parse_pair(event, detail, &event->what);
}

/* ---- done: its result, if it has one ------------------------------------- */

static void print_done(FILE *out, const struct trace_event *event)
{
    if (event->number > 0)
        fprintf(out, "= %" PRId64, event->number);
}

static bool parse_done(struct trace_event *event, char *detail)
{
    return !*detail || (strncmp(detail, "= ", 2) == 0 &&
                        part_parse_number(detail + 2, &event->number));
}

/* ---- say: the line, in quotes -------------------------------------------- */

static void print_quoted(FILE *out, const struct trace_event *event)
{
    fputc('"', out);
    text_print_escaped(out, event->text ? event->text : "", true);
    fputc('"', out);
}

static bool parse_quoted(struct trace_event *event, char *detail)
{
    size_t length = strlen(detail);

    if (length < 2 || detail[0] != '"' || detail[length - 1] != '"')
        return false;
    detail[length - 1] = '\0';
    event->text = part_copy(detail + 1);
    return text_unescape(event->text);
}

/* ---- fail, deadlock and the like: a text as it is ------------------------ */

static void print_text(FILE *out, const struct trace_event *event)
{
    if (event->text)
        text_print_escaped(out, event->text, false);
}

static bool parse_text(struct trace_event *event, char *detail)
{
    if (!*detail)
        return true;
    event->text = part_copy(detail);
    return text_unescape(event->text);
}

/* ---- note: its name, and the text ---------------------------------------- */

static void print_note(FILE *out, const struct trace_event *event)
{
    part_print(out, "", event->what);
    if (event->what)
        fputs(": ", out);
    print_text(out, event);
}

static bool parse_note(struct trace_event *event, char *detail)
{
    size_t length = strcspn(detail, " ");

    if (length > 1 && detail[length - 1] == ':' && detail[length]) {
        event->what = xnonnull(strndup(detail, length - 1));
        detail += length + 1;
    }
    return parse_text(event, detail);
}

/* ---- acquire, release, set, put, get: of what, and perhaps a count ------- */

static void print_object(FILE *out, const struct trace_event *event)
{
    part_print(out, "", event->object ? event->object : event->what);
}

static void print_slots(FILE *out, const struct trace_event *event)
{
    print_object(out, event);
    if (part_is(event->what, "semaphore"))
        fprintf(out, " free %" PRId64, event->number);
}

static void print_size(FILE *out, const struct trace_event *event)
{
    print_object(out, event);
    fprintf(out, " size %" PRId64, event->number);
}

/* The object and, after `word`, the number; *ret_count is how many words that was. */
static bool parse_object_and(struct trace_event *event, char *detail, const char *word,
                             size_t *ret_count)
{
    char *words[PARTS_MOST];
    size_t count = *ret_count = part_split(detail, words);

    event->object = count ? part_copy(words[0]) : NULL;
    return count <= 1 || (count == 3 && word && part_is(words[1], word) &&
                          part_parse_number(words[2], &event->number));
}

static bool parse_object(struct trace_event *event, char *detail)
{
    size_t count;

    return parse_object_and(event, detail, NULL, &count);
}

static bool parse_slots(struct trace_event *event, char *detail)
{
    size_t count;

    if (!parse_object_and(event, detail, "free", &count))
        return false;
    event->what = count == 3 ? part_copy("semaphore") : NULL;
    return true;
}

static bool parse_size(struct trace_event *event, char *detail)
{
    size_t count;

    return parse_object_and(event, detail, "size", &count) && count == 3;
}

/* ---- timeout, busy, clock: how long -------------------------------------- */

static const char *before_length(co_trace_event_kind kind)
{
    return kind == CO_TIMEOUT ? "after " : kind == CO_CLOCK ? "+" : "";
}

static void print_span(FILE *out, const struct trace_event *event)
{
    fputs(before_length(event->kind), out);
    part_print_length(out, event->length_us);
}

static bool parse_span(struct trace_event *event, char *detail)
{
    const char *before = before_length(event->kind);

    return strncmp(detail, before, strlen(before)) == 0 &&
           part_parse_length(detail + strlen(before), &event->length_us);
}

static const struct detail {
    void (*print)(FILE *out, const struct trace_event *event);
    bool (*parse)(struct trace_event *event, char *detail);
} details[] = {
    [CO_SPAWN] = { print_spawn, parse_spawn },
    [CO_WAIT] = { detail_print_wait, detail_parse_wait },
    [CO_WAKE] = { detail_print_wake, detail_parse_wake },
    [CO_DONE] = { print_done, parse_done },
    [CO_CANCEL] = { print_cancel, parse_cancel },
    [CO_SAY] = { print_quoted, parse_quoted },
    [CO_SET] = { print_object, parse_object },
    [CO_ACQUIRE] = { print_slots, parse_slots },
    [CO_RELEASE] = { print_slots, parse_slots },
    [CO_PUT] = { print_size, parse_size },
    [CO_GET] = { print_size, parse_size },
    [CO_TIMEOUT] = { print_span, parse_span },
    [CO_BUSY] = { print_span, parse_span },
    [CO_CLOCK] = { print_span, parse_span },
    [CO_NOTE] = { print_note, parse_note },
};

/* What has no form of its own is a text. */
static const struct detail plain = { print_text, parse_text };

static const struct detail *detail_of(co_trace_event_kind kind)
{
    return details[kind].print ? &details[kind] : &plain;
}

void detail_print(FILE *out, const struct trace_event *event)
{
    detail_of(event->kind)->print(out, event);
}

bool detail_parse(struct trace_event *event, char *detail)
{
    return detail_of(event->kind)->parse(event, detail);
}
