/* The JSON Lines form of a trace: one object a line, its keys in a fixed order. */
#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "cli/text.h"
#include "cli/trace/write.h"

/* Six decimals of a number this size survive a double, and no digit is made up. */
enum { STYLE = JSON_COMPACT | JSON_REAL_PRECISION(15) };

static void set(json_t *object, const char *key, json_t *value)
{
    if (json_object_set_new(object, key, xnonnull(value)) < 0)
        xnonnull(NULL);
}

static void set_text(json_t *object, const char *key, const char *text)
{
    if (text)
        set(object, key, json_string(text));
}

static void set_length(json_t *object, int64_t length_us)
{
    set(object, "ms",
        length_us % 1000 ? json_real((double)length_us / 1000)
                         : json_integer(length_us / 1000));
}

static void print_line(FILE *out, json_t *object)
{
    json_dumpf(object, out, STYLE);
    fputc('\n', out);
    json_decref(object);
}

static void jsonl_head(struct trace_writer *writer, const struct trace_head *head)
{
    json_t *object = xnonnull(json_object());

    set_text(object, "format", "interleave-trace");
    set(object, "version", json_integer(1));
    set_text(object, "lesson", head->lesson ? head->lesson : "-");
    set_text(object, "example", head->example ? head->example : "-");
    set(object, "params", json_object());
    set_text(object, "clock", head->real_clock ? "real" : "virtual");
    set_text(object, "policy", head->policy ? head->policy : "fifo");
    set(object, "seed",
        head->seeded ? json_integer((json_int_t)head->seed) : json_null());
    set(object, "schedule", json_null());
    print_line(writer->out, object);
}

static bool is(const char *a, const char *b) { return a && strcmp(a, b) == 0; }

static void set_wait(json_t *object, const struct trace_event *event)
{
    set_text(object, "on", event->what ? event->what : "-");
    if (trace_waits_for_one(event->what)) {
        set_text(object, "obj", event->other);
        return;
    }
    set_text(object, "obj", event->object);
    if (is(event->what, "sleep"))
        set_length(object, event->length_us);
    if (trace_waits_for_many(event->what)) {
        json_t *tasks = xnonnull(json_array());
        for (size_t i = 0; i < event->count; i++)
            json_array_append_new(tasks, xnonnull(json_string(event->tasks[i])));
        set(object, "tasks", tasks);
    }
    set_text(object, "holder", event->other);
    set_text(object, "text", event->text);
}

/* `by` alone is a timer, or whose end it was; else it is who did what `on` tells. */
static void set_wake(json_t *object, const struct trace_event *event)
{
    const char *by = event->other;

    if (is(event->what, "done")) {
        by = by ? by : "future";
    } else if (is(event->what, "timer")) {
        set_length(object, event->length_us);
        by = "timer";
    } else {
        set_text(object, "on", event->what ? event->what : "-");
        set_text(object, "obj", event->object);
    }
    set_text(object, "by", by);
    if (event->other_id >= 0)
        set(object, "by_id", json_integer(event->other_id));
    if (event->late_us > 0)
        set(object, "late_us", json_integer(event->late_us));
}

static void set_cancel(json_t *object, const struct trace_event *event)
{
    set_text(object, "obj", event->other ? event->other : "-");
    set_text(object, "by", is(event->what, "sigint") ? "signal" : event->what);
}

static void set_object(json_t *object, const struct trace_event *event)
{
    bool counted =
        event->kind == CO_PUT || event->kind == CO_GET || is(event->what, "semaphore");

    set_text(object, "obj", event->object ? event->object : event->what);
    if (counted)
        set(object, "value", json_integer(event->number));
}

static void set_spawn(json_t *object, const struct trace_event *event)
{
    set_text(object, "child", event->other ? event->other : "-");
    set_text(object, "fn", event->function);
}

static void set_done(json_t *object, const struct trace_event *event)
{
    if (event->number > 0)
        set(object, "value", json_integer(event->number));
}

static void set_error(json_t *object, const struct trace_event *event)
{
    set_text(object, "error", event->text);
}

static void set_note(json_t *object, const struct trace_event *event)
{
    set_text(object, "text", event->text);
    set_text(object, "name", event->what);
}

static void set_span(json_t *object, const struct trace_event *event)
{
    set_length(object, event->length_us);
}

static void set_plain(json_t *object, const struct trace_event *event)
{
    set_text(object, "text", event->text);
}

static void set_details(json_t *object, const struct trace_event *event)
{
    static void (*const setters[])(json_t *, const struct trace_event *) = {
        [CO_SPAWN] = set_spawn, [CO_WAIT] = set_wait,      [CO_WAKE] = set_wake,
        [CO_DONE] = set_done,   [CO_FAIL] = set_error,     [CO_CANCEL] = set_cancel,
        [CO_SET] = set_object,  [CO_ACQUIRE] = set_object, [CO_RELEASE] = set_object,
        [CO_PUT] = set_object,  [CO_GET] = set_object,     [CO_TIMEOUT] = set_span,
        [CO_BUSY] = set_span,   [CO_CLOCK] = set_span,     [CO_NOTE] = set_note,
    };

    (setters[event->kind] ? setters[event->kind] : set_plain)(object, event);
}

static void jsonl_event(struct trace_writer *writer, const struct trace_event *event,
                        const char *)
{
    json_t *object = xnonnull(json_object());

    set(object, "seq", json_integer((json_int_t)writer->written));
    set(object, "t_us", json_integer(event->at_us));
    set(object, "turn", json_integer((json_int_t)event->turn));
    set_text(object, "task", event->task ? event->task : "-");
    set(object, "id", json_integer(event->id));
    set(object, "step", json_integer(event->step));
    set_text(object, "ev", co_trace_event_word(event->kind));
    set_details(object, event);
    set_text(object, "src", event->source);
    print_line(writer->out, object);
}

static void jsonl_tail(struct trace_writer *writer, const struct trace_tail *tail)
{
    json_t *object = xnonnull(json_object());
    char digest[9];

    snprintf(digest, sizeof(digest), "%08" PRIx32, tail->digest);
    set_text(object, "end", trace_end_word(tail->end));
    set(object, "tasks", json_integer(tail->tasks));
    set(object, "turns", json_integer((json_int_t)tail->turns));
    set(object, "t_us", json_integer(tail->at_us));
    set_text(object, "digest", digest);
    print_line(writer->out, object);
}

const struct trace_format trace_format_jsonl = {
    .name = "jsonl",
    .head = jsonl_head,
    .event = jsonl_event,
    .tail = jsonl_tail,
};
