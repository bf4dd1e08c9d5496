/* contextvar_internal.h — the values of context variables. (Private to the engine.)
 *
 * A list of the variables that were set, the last one first. Its entries never change,
 * so a task shares the list of the code that spawned it, without a copy.
 */
#ifndef CO_CONTEXTVAR_INTERNAL_H
#define CO_CONTEXTVAR_INTERNAL_H

#include "engine/contextvar.h"
#include "engine/list.h"
#include "engine/system/internal.h"

struct co_loop;

struct co_contextvars {
    struct co_list all; /* link: of co_loop.contextvars_all; of none in other threads */
    unsigned refs;
    const co_contextvar *variable;
    const void *value;
    struct co_contextvars *before;
};

co_cold void co_contextvars_free(struct co_contextvars *values);

static inline struct co_contextvars *co_contextvars_keep(struct co_contextvars *values)
{
    if (values)
        values->refs++;
    return values;
}

static inline void co_contextvars_drop(struct co_contextvars *values)
{
    if (values && --values->refs == 0)
        co_contextvars_free(values);
}

/* Make a copy of the current values, for another thread, that shares no entry with
 * them; and add such a copy to the values of the loop.
 */
struct co_contextvars *co_contextvars_copy(void);
void co_contextvars_adopt(struct co_loop *loop, struct co_contextvars *values);

/* Free all values of the loop, even if references exist. */
void co_contextvars_finish(struct co_loop *loop);

/* In a thread of an executor: the values of the function it runs. */
extern _Thread_local struct co_contextvars *co_thread_contextvars;

#endif
