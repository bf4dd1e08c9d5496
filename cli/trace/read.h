/* read.h — traces from files: text or JSON Lines, whichever a line begins with.
 *
 * A file may hold several traces, one after the other; what `grep` leaves of one is
 * read as well.
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
    size_t room, length, number;
    bool kept;   /* the line is still to be read */
    int problem; /* errno; 0: none */
};

enum trace_read {
    TRACE_READ_END,    /* there is no more */
    TRACE_READ_ONE,    /* here is one */
    TRACE_READ_FAILED, /* see *ret_problem */
};

void trace_reader_init(struct trace_reader *reader, FILE *in, const char *name);
void trace_reader_finish(struct trace_reader *reader);

/* The next trace, into one that is empty; on failure it stays empty, and a sentence
 * such as "b.trace:17: not a trace line: 'Traceback…'" is in *ret_problem, which
 * the caller frees.
 */
enum trace_read trace_read(struct trace_reader *reader, struct trace *trace,
                           char **ret_problem);

#endif
