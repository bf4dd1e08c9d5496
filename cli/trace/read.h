/* read.h — read traces from a file of text or JSON Lines.
 *
 * A file may hold several traces, one after the other. A trace that has lost lines, to
 * `grep` for example, is read as well.
 */
#ifndef CLI_READ_H
#define CLI_READ_H

#include <stdio.h>

#include "cli/trace/trace.h"

struct trace_reader {
    FILE *in;
    const char *name; /* for messages */
    /* private */
    char *line;
    size_t capacity, length, number;
    bool kept; /* the line belongs to the next trace */
    int error; /* errno; 0: none */
};

enum trace_read {
    TRACE_READ_END,    /* there are no more traces */
    TRACE_READ_ONE,    /* a trace was read */
    TRACE_READ_FAILED, /* see *ret_problem */
};

void trace_reader_init(struct trace_reader *reader, FILE *in, const char *name);
void trace_reader_finish(struct trace_reader *reader);

/* Read the next trace into an empty one. On failure it stays empty, and *ret_problem
 * is a sentence such as "b.trace:17: not a trace line: 'Traceback…'", which the caller
 * frees.
 */
enum trace_read trace_read(struct trace_reader *reader, struct trace *trace,
                           char **ret_problem);

#endif
