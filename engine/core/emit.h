/* emit.h — events for the observer. Callers check first that there is one. (Private to
 * the engine.)
 */
#ifndef CO_EMIT_H
#define CO_EMIT_H

#include "engine/core/loop_internal.h"

/* Give an event to the observer, with its time, turn and place in the source. */
co_cold void co_emit(struct co_loop *loop, const co_trace_event *event);

/* The same for something the running task does to an object of kind `what`. */
co_cold void co_emit_object(struct co_loop *loop, co_trace_event_kind kind,
                            const char *what, const char *name, size_t number);

/* The event of a wait for this future, without the task; free(event.tasks). */
co_cold co_trace_event co_wait_event(const co_future *future);

/* The name of a task in traces: "main" for the main task. */
const char *co_label(const co_task *task);

#endif
