/* summary.h — a run in a sentence or two.
 */
#ifndef CLI_SUMMARY_H
#define CLI_SUMMARY_H

#include "cli/trace/trace.h"

/* "3 tasks slept 6 s in total; the example took 3 s." After a deadlock also which tasks
 * wait, and for what. The caller frees it.
 */
char *summary_of(const struct trace *trace);

#endif
