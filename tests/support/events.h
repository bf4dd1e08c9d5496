/* events.h — run a small program and compare the trace events it emits.
 */
#ifndef EVENTS_H
#define EVENTS_H

#include "engine/co.h"

/* Run main on the virtual clock. It must end without an error, and its events of the
 * kinds in `kinds` ("wait acquire release") must be these lines, one an event:
 *
 *     Task-2 wait lock L (Task-1): text =5
 *
 * are the task ("-" if it is the loop's doing), the kind, what, the object's name, the
 * other task, the text and the number; what the event does not have is left out.
 */
void expect_events(co_fn *main, const char *kinds, const char *lines);

/* The same of a main that ends with this outcome: a result, or an error's code. */
void expect_events_and_outcome(co_fn *main, const char *kinds, const char *lines,
                               int outcome);

#endif
