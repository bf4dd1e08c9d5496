/* recorder.h — an observer that writes a run down, and passes it on.
 */
#ifndef CLI_RECORDER_H
#define CLI_RECORDER_H

#include "cli/trace/trace.h"
#include "engine/observer.h"

struct recorder {
    co_observer observer; /* for co_options */
    struct trace *trace;
    /* Called with each event as it happens, on the stack of whoever runs; may be
     * NULL. It must not suspend. */
    void (*each)(void *context, const struct trace_event *event);
    void *context;
};

/* Record into `trace`, whose head is the caller's business. */
void recorder_init(struct recorder *recorder, struct trace *trace);

#endif
