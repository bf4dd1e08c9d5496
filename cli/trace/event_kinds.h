/* event_kinds.h — how each kind of event is written: one row a kind, in event_kinds.c.
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
};

const struct event_kind *event_kind_of(co_trace_event_kind kind);

#endif
