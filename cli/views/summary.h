/* summary.h — a run in a sentence.
 */
#ifndef CLI_SUMMARY_H
#define CLI_SUMMARY_H

#include "cli/trace/trace.h"

/* "3 tasks slept 6 s in total; the lesson took 3 s." The caller frees it. */
char *summary_of(const struct trace *trace);

#endif
