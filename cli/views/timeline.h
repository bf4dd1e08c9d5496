/* timeline.h — a run as a chart: one row for each task, time from left to right.
 */
#ifndef CLI_TIMELINE_H
#define CLI_TIMELINE_H

#include <stdio.h>

#include "cli/term.h"
#include "cli/trace/trace.h"

enum timeline {
    TIMELINE_WHOLE,
    TIMELINE_OPEN,   /* the end of a task is missing */
    TIMELINE_EMPTY,  /* nothing is drawn: the trace has no events of tasks */
    TIMELINE_NARROW, /* nothing is drawn: there are too few columns */
};

enum { TIMELINE_MIN_WIDTH = 40 }; /* columns */

/* Draw it, with a ruler above and a legend of the marks in use below. */
enum timeline timeline_print(FILE *out, const struct trace *trace,
                             const struct term *term);

#endif
