/* timeline.h — a run as a chart: one row for each task, time from left to right.
 */
#ifndef CLI_TIMELINE_H
#define CLI_TIMELINE_H

#include <stdio.h>

#include "cli/term.h"
#include "cli/trace.h"

/* Draw it, with a ruler above and a legend of the marks in use below. Nothing is
 * drawn of a trace without tasks.
 */
void timeline_print(FILE *out, const struct trace *trace, const struct term *term);

#endif
