/* The forms of events about a task, and of those that are a text. */
#include "cli/trace/forms.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/text.h"
#include "cli/trace/form_parts.h"
#include "cli/trace/json.h"

/* ---- spawn: the new task, and its coroutine unless that has the same name - */

/* A task, and a second word if there is one. */
static bool parse_pair(struct trace_event *event, char *detail, char **second)
{
    char *words[PARTS_MAX];
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

static void spawn_to_json(json_t *object, const struct trace_event *event)
{
    json_put_text(object, "child", event->other ? event->other : "-");
    json_put_text(object, "fn", event->function);
}

static void spawn_from_json(struct trace_event *event, struct json_keys *keys)
{
    part_move(&event->other, &keys->child);
}

const struct event_form form_spawn = {
    .print = print_spawn,
    .parse = parse_spawn,
    .to_json = spawn_to_json,
    .from_json = spawn_from_json,
};

/* ---- cancel: the task, and the cause if that is no task ------------------- */

static void print_cancel(FILE *out, const struct trace_event *event)
{
    part_print(out, "", event->other ? event->other : "-");
    part_print(out, " ", event->what);
}

static bool parse_cancel(struct trace_event *event, char *detail)
{
    return parse_pair(event, detail, &event->what);
}

static void cancel_to_json(json_t *object, const struct trace_event *event)
{
    bool signal = trace_what_of(event->what) == WHAT_SIGINT;

    json_put_text(object, "obj", event->other ? event->other : "-");
    json_put_text(object, "by", signal ? "signal" : event->what);
}

static void cancel_from_json(struct trace_event *event, struct json_keys *keys)
{
    part_move(&event->other, &event->object);
    if (part_is(keys->by, "signal"))
        event->what = part_copy("sigint");
    else
        part_move(&event->what, &keys->by);
}

const struct event_form form_cancel = {
    .print = print_cancel,
    .parse = parse_cancel,
    .to_json = cancel_to_json,
    .from_json = cancel_from_json,
};

/* ---- a text as it is ------------------------------------------------------ */

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

static void text_to_json(json_t *object, const struct trace_event *event)
{
    json_put_text(object, "text", event->text);
}

const struct event_form form_text = {
    .print = print_text,
    .parse = parse_text,
    .to_json = text_to_json,
};

/* ---- done: the result, if it has one -------------------------------------- */

static void print_done(FILE *out, const struct trace_event *event)
{
    if (event->text) {
        fputs("= ", out);
        text_print_escaped(out, event->text, false);
    } else if (event->number > 0)
        fprintf(out, "= %" PRId64, event->number);
}

static bool parse_done(struct trace_event *event, char *detail)
{
    if (!*detail)
        return true;
    if (strncmp(detail, "= ", 2) != 0)
        return false;
    return part_parse_number(detail + 2, &event->number) ||
           parse_text(event, detail + 2);
}

static void done_to_json(json_t *object, const struct trace_event *event)
{
    json_put_text(object, "text", event->text);
    if (!event->text && event->number > 0)
        json_put(object, "value", json_integer(event->number));
}

const struct event_form form_done = {
    .print = print_done,
    .parse = parse_done,
    .to_json = done_to_json,
};

/* ---- fail: the error, a text as well -------------------------------------- */

static void error_to_json(json_t *object, const struct trace_event *event)
{
    json_put_text(object, "error", event->text);
}

const struct event_form form_error = {
    .print = print_text,
    .parse = parse_text,
    .to_json = error_to_json,
};

/* ---- say: the line, in quotes --------------------------------------------- */

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

const struct event_form form_say = {
    .print = print_quoted,
    .parse = parse_quoted,
    .to_json = text_to_json,
};

/* ---- note: its name, and a text ------------------------------------------- */

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

static void note_to_json(json_t *object, const struct trace_event *event)
{
    json_put_text(object, "text", event->text);
    json_put_text(object, "name", event->what);
}

static void note_from_json(struct trace_event *event, struct json_keys *keys)
{
    part_move(&event->what, &keys->name);
}

const struct event_form form_note = {
    .print = print_note,
    .parse = parse_note,
    .to_json = note_to_json,
    .from_json = note_from_json,
};
