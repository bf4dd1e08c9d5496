/* recorder.h — an observer that adds the events of a run to a trace.
 *
 * It tells each task that resumes why: what its wake event says.
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
    /* private: per task, by id, where in the trace its last wait is, and its wake since
     * then; 0: there is none */
    struct recorder_task {
        size_t wait, wake; /* counted from 1 */
    } * tasks;
    size_t task_count;
};

/* Record into `trace`; its head is left to the caller. */
void recorder_init(struct recorder *recorder, struct trace *trace);
void recorder_finish(struct recorder *recorder);

#endif
