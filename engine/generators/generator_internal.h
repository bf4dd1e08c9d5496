/* generator_internal.h — generators from the inside. (Private to the engine.)
 */
#ifndef CO_GENERATOR_INTERNAL_H
#define CO_GENERATOR_INTERNAL_H

#include "engine/core/loop_internal.h"
#include "engine/generator.h"

enum co_generator_state { CO_NOT_STARTED, CO_AT_YIELD, CO_IN_USE, CO_EXHAUSTED };

/* While a task runs a generator, the context in the task's record is that of the
 * generator's stack, and the one here that of the stack it was entered from.
 */
struct co_generator {
    struct co_handle handle;
    struct co_list all;      /* link: of asyncgens.started, once it was asked */
    struct co_context aside; /* of its own stack, or of who runs it: see above */
    struct co_nested *outer; /* what the task runs that runs it; NULL: nothing */
    struct co_nested nested; /* stack NULL: not started, or exhausted */
    struct co_current_error current_error; /* while it is at a yield, */
    co_calling calling, *calls;            /* and the calls it is in */
    co_fn *fn;
    co_callback finalizer;
    uint8_t state;                /* enum co_generator_state */
    bool asked, closed, outlived; /* closed: was asked to; outlived: its last holder */
    _Alignas(max_align_t) char frame[];
};

extern const struct co_future_class co_generator_class;

static inline struct co_generator *co_generator_of(co_future *future)
{
    return co_container_of(future, struct co_generator, handle.future);
}

/* It is asked for the first time: the end of the run closes it. */
void co_generator_register(struct co_loop *loop, struct co_generator *generator);

/* A task that closes it. */
co_task *co_generator_closing(struct co_generator *generator);

/* co_throw() of an error the running task has met. */
co_checked int co_generator_throw(struct co_generator *generator, int code);

/* It is asked for the first time although the loop has closed its generators. */
co_cold void co_generator_warn_late(const struct co_generator *generator);

#endif
