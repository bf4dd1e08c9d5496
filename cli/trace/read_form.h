/* read_form.h — what read.c and the two forms of trace agree on.
 */
#ifndef CLI_READ_FORM_H
#define CLI_READ_FORM_H

#include "cli/trace/trace.h"

/* A trace being read, and what its lines have told so far. */
struct read_state {
    struct trace *trace;
    bool begun;    /* there was a line of it */
    uint64_t turn; /* turns so far, where lines do not say */
    struct read_task {
        char *name;
        unsigned step; /* turns it has had */
    } * tasks;         /* by id, where names are all there is */
    size_t task_count;
    int spawned; /* tasks, where lines have ids */
};

enum trace_line {
    LINE_HEAD,    /* the first line of a head */
    LINE_MORE,    /* another line of the head, or one to skip */
    LINE_EVENT,   /* was added to the trace */
    LINE_TAIL,    /* the last line */
    LINE_NEXT,    /* the first line of the next trace; left alone */
    LINE_VERSION, /* the first line of a trace of a later version */
    LINE_WRONG,   /* not a line of a trace */
};

/* Take a line apart, which has lost its newline. */
enum trace_line read_text_line(struct read_state *state, char *line);
enum trace_line read_jsonl_line(struct read_state *state, const char *line);

#endif
