/* event_kinds.h — how each kind of event is written, and what it means: one row a kind,
 * in event_kinds.c.
 */
#ifndef CLI_EVENT_KINDS_H
#define CLI_EVENT_KINDS_H

#include "cli/colour.h"
#include "cli/trace/forms.h"
#include "cli/trace/trace.h"

/* How much is written: what the program prints; what happens to tasks; everything. */
enum trace_level { LEVEL_SAY, LEVEL_TASK, LEVEL_LOOP };

struct event_kind {
    enum trace_level level;        /* the lowest at which it is written */
    enum weight weight;            /* of its word */
    const struct event_form *form; /* what it has beside its word */
    const char *meaning;           /* in a sentence, for help */
};

const struct event_kind *event_kind_of(co_trace_event_kind kind);

/* A word of the comments and of the columns of a trace. */
struct trace_word {
    const char *word, *meaning;
};

/* With NULL at the end. */
extern const struct trace_word trace_words[];

/* What an event word, or one of these words, means; NULL: it is neither. */
const char *trace_word_meaning(const char *word);

#endif
