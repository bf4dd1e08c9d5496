/* read_line.h — read one line of a trace, in either format.
 */
#ifndef CLI_READ_LINE_H
#define CLI_READ_LINE_H

#include "cli/trace/digest.h"
#include "cli/trace/task_table.h"
#include "cli/trace/trace.h"

/* A trace that is being read, and what the lines so far have contained. */
struct read_state {
    struct trace *trace;
    bool begun;           /* it has a line */
    bool skipped;         /* an event of a later version was left out */
    bool sealed;          /* the last line has a digest */
    struct digest digest; /* of the events so far */
    uint64_t turn;        /* turns so far, where lines have no number of it */
    struct read_task {
        char *name;
        unsigned step; /* its turns so far */
    } * tasks;         /* by id, where lines have names only */
    size_t task_count, task_capacity;
    struct task_table table; /* of these */
    int spawned;             /* tasks so far, where lines have ids */
};

enum trace_line {
    LINE_HEAD,    /* the first line of a head */
    LINE_MORE,    /* another line of the head, or one to skip */
    LINE_EVENT,   /* an event, which was added to the trace */
    LINE_TAIL,    /* the last line */
    LINE_NEXT,    /* the first line of the next trace; not taken */
    LINE_VERSION, /* the first line of a trace of a later version */
    LINE_WRONG,   /* not a line of a trace */
};

/* Read a line, without its newline. The text is changed. */
enum trace_line read_text_line(struct read_state *state, char *line);
enum trace_line read_jsonl_line(struct read_state *state, const char *line);

#endif
