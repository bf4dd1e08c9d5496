/* detail.h — the last column of a text trace: what an event has beyond its word.
 */
#ifndef CLI_DETAIL_H
#define CLI_DETAIL_H

#include <stdbool.h>
#include <stdio.h>

#include "cli/trace/trace.h"

/* Print it; nothing if the word says all. */
void detail_print(FILE *out, const struct trace_event *event);

/* Read it back into an event that has its kind. The text is taken apart. False: not
 * what detail_print() writes for this kind.
 */
bool detail_parse(struct trace_event *event, char *detail);

#endif
