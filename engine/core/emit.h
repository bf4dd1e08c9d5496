/* emit.h — events for the observer, put together only where there is one.
 * (Private to the engine.)
 */
#ifndef CO_EMIT_H
#define CO_EMIT_H

#include "engine/core/loop_internal.h"

/* Hand an event to the observer, with time, turn and place in the source filled in. */
co_cold void co_emit(struct co_loop *loop, const co_trace_event *event);

/* The same for what the running task does to an object of kind `what`. */
co_cold void co_emit_object(struct co_loop *loop, co_trace_event_kind kind,
                            const char *what, const char *name, size_t number);

/* The event of a wait for this future, but for who waits; free(event.tasks). */
co_cold co_trace_event co_wait_event(const co_future *future);

/* What a trace calls a task: its name, and the main task "main". */
const char *co_label(const co_task *task);

#endif
