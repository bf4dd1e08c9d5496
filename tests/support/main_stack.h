/* main_stack.h — keep the main task's stack intact until the run is over, and forbid
 * access to the stacks of other tasks that are done.
 *
 * A main task that is cancelled ends before the tasks it shares its variables with. In
 * Python such variables live as long as something refers to them; in C they are on the
 * main task's stack. Fault injection cancels main at every wait and is not to report
 * this difference, so main's stack is of a size of its own, which no other task reuses.
 */
#ifndef MAIN_STACK_H
#define MAIN_STACK_H

#include "engine/observer.h"

/* Hand it every event of the run, before anything else looks at it. */
void main_stack_event(const co_trace_event *event);

#endif
