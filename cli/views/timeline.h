/* timeline.h — a run as a chart: one row for each task, time from left to right.
 */
#ifndef CLI_TIMELINE_H
#define CLI_TIMELINE_H

#include <stdio.h>

#include "cli/term.h"
#include "cli/trace/trace.h"
#include "cli/views/rows.h"

enum timeline {
    TIMELINE_WHOLE,
    TIMELINE_OPEN,   /* the end of a task is missing */
    TIMELINE_EMPTY,  /* nothing is drawn: there are no events of tasks */
    TIMELINE_NARROW, /* nothing is drawn: there are too few columns */
};

enum { TIMELINE_MIN_WIDTH = 40 }; /* columns */

/* Draw a stretch of it (NULL: all), with a ruler above, and below a legend of the marks
 * in use. A sentence says so if no time passes.
 */
enum timeline timeline_print(FILE *out, const struct trace *trace,
                             const struct stretch *stretch, const struct term *term);

#endif
