/* The JSON Lines format of a trace: one object a line, its keys in a fixed order. */
#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "cli/text.h"
#include "cli/trace/event_kinds.h"
#include "cli/trace/json.h"
#include "cli/trace/write.h"

/* Six decimals of a number this size are exact in a double. */
enum { STYLE = JSON_COMPACT | JSON_REAL_PRECISION(15) };

static void print_line(FILE *out, json_t *object)
{
    json_dumpf(object, out, STYLE);
    fputc('\n', out);
    json_decref(object);
}

static void jsonl_head(struct trace_writer *writer, const struct trace_head *head)
{
    json_t *object = xnonnull(json_object());

    json_put_text(object, "format", "interleave-trace");
    json_put(object, "version", json_integer(1));
    json_put_text(object, "lesson", head->lesson ? head->lesson : "-");
    json_put_text(object, "example", head->example ? head->example : "-");
    json_put(object, "params", json_object());
    json_put_text(object, "clock", head->real_clock ? "real" : "virtual");
    json_put_text(object, "policy", head->policy ? head->policy : "fifo");
    json_put(object, "seed",
             head->seeded ? json_integer((json_int_t)head->seed) : json_null());
    json_put(object, "schedule", json_null());
    print_line(writer->out, object);
}

static void jsonl_event(struct trace_writer *writer, const struct trace_event *event,
                        const char *)
{
    json_t *object = xnonnull(json_object());

    json_put(object, "seq", json_integer((json_int_t)writer->written));
    json_put(object, "t_us", json_integer(event->at_us));
    json_put(object, "turn", json_integer((json_int_t)event->turn));
    json_put_text(object, "task", event->task ? event->task : "-");
    json_put(object, "id", json_integer(event->id));
    json_put(object, "step", json_integer(event->step));
    json_put_text(object, "ev", co_trace_event_word(event->kind));
    event_kind_of(event->kind)->form->to_json(object, event);
    json_put_text(object, "src", event->source);
    print_line(writer->out, object);
}

static void jsonl_tail(struct trace_writer *writer, const struct trace_tail *tail)
{
    json_t *object = xnonnull(json_object());
    char digest[9];

    snprintf(digest, sizeof(digest), "%08" PRIx32, tail->digest);
    json_put_text(object, "end", trace_end_word(tail->end));
    json_put(object, "tasks", json_integer(tail->tasks));
    json_put(object, "turns", json_integer((json_int_t)tail->turns));
    json_put(object, "t_us", json_integer(tail->at_us));
    json_put_text(object, "digest", digest);
    print_line(writer->out, object);
}

const struct trace_format trace_format_jsonl = {
    .name = "jsonl",
    .head = jsonl_head,
    .event = jsonl_event,
    .tail = jsonl_tail,
};
