/* summary.h — a run in a sentence or two.
 */
#ifndef CLI_SUMMARY_H
#define CLI_SUMMARY_H

#include "cli/trace/trace.h"

/* "3 tasks slept 6 s in total; the example took 3 s." After a deadlock also
 * deadlock_of(). The caller frees it.
 */
char *summary_of(const struct trace *trace);

/* Which tasks wait for what at the deadlock of a run; "" if it has none. The caller
 * frees it.
 */
char *deadlock_of(const struct trace *trace);

#endif
