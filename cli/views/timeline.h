/* timeline.h — a run as a chart: one row for each task, time from left to right.
 */
#ifndef CLI_TIMELINE_H
#define CLI_TIMELINE_H

#include <stdio.h>

#include "cli/term.h"
#include "cli/trace/trace.h"

enum timeline {
    TIMELINE_WHOLE,
    TIMELINE_OPEN,   /* a task is not seen to end */
    TIMELINE_EMPTY,  /* nothing drawn: nothing in the trace happens to a task */
    TIMELINE_NARROW, /* nothing drawn: it takes more columns */
};

enum { TIMELINE_LEAST = 40 }; /* columns */

/* Draw it, with a ruler above and a legend of the marks in use below. */
enum timeline timeline_print(FILE *out, const struct trace *trace,
                             const struct term *term);

#endif
