/* write.h — write a trace as lines of text or of JSON.
 *
 * Each event is written at once, so that a run can be watched. The bytes depend on
 * nothing but the events. Both formats end with the same digest, that of the lines of
 * text.
 */
#ifndef CLI_WRITE_H
#define CLI_WRITE_H

#include <stdio.h>

#include "cli/trace/digest.h"
#include "cli/trace/event_kinds.h"

struct trace_writer;

/* A format of traces. Each is given the line of text of an event. */
struct trace_format {
    const char *name;
    void (*head)(struct trace_writer *writer, const struct trace_head *head);
    void (*event)(struct trace_writer *writer, const struct trace_event *event,
                  const char *line);
    void (*tail)(struct trace_writer *writer, const struct trace_tail *tail);
};

extern const struct trace_format trace_format_text;
extern const struct trace_format trace_format_jsonl;

struct trace_writer {
    FILE *out;
    const struct trace_format *format;
    enum trace_level level;
    bool bare;            /* events only, neither head nor tail */
    enum colours colours; /* of the text of events */
    unsigned width;       /* columns to which the text of events is cut; 0: it is not */
    /* private */
    bool real_clock;
    size_t written; /* events so far */
    struct digest digest;
};

void trace_write_head(struct trace_writer *writer, const struct trace_head *head);
void trace_write_event(struct trace_writer *writer, const struct trace_event *event);

/* The digest is computed by the writer; that of `tail` is ignored. */
void trace_write_tail(struct trace_writer *writer, const struct trace_tail *tail);

/* An event's line of text, without its newline. The caller frees it. */
char *trace_line_of(const struct trace_event *event, bool real_clock);

/* Write a whole trace. */
void trace_write(struct trace_writer *writer, const struct trace *trace);

#endif
