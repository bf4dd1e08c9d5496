/* recorder.h — an observer that adds the events of a run to a trace.
 */
#ifndef CLI_RECORDER_H
#define CLI_RECORDER_H

#include "cli/trace/trace.h"
#include "engine/observer.h"

struct recorder {
    co_observer observer; /* for co_options */
    struct trace *trace;
    /* Called with each event as it happens, on the stack of the running task; must
     * not suspend. NULL: none. */
    void (*each)(void *context, const struct trace_event *event);
    void *context;
};

/* Record into `trace`; its head is left to the caller. */
void recorder_init(struct recorder *recorder, struct trace *trace);

#endif
