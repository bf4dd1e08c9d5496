/* generator_internal.h — the record of a generator. (Private to the engine.)
 */
#ifndef CO_GENERATOR_INTERNAL_H
#define CO_GENERATOR_INTERNAL_H

#include "engine/core/loop_internal.h"
#include "engine/generator.h"

enum co_generator_state { CO_NOT_STARTED, CO_AT_YIELD, CO_IN_USE, CO_EXHAUSTED };

/* While a task runs a generator, the task's record has the context of the generator's
 * stack, and `aside` is that of the stack from which the generator was entered.
 */
struct co_generator {
    struct co_handle handle;
    struct co_list all;      /* link: of asyncgens.started, once asked */
    struct co_context aside; /* of its own stack, or of the caller's: see above */
    struct co_nested *outer; /* the generator it was entered from; NULL: none */
    struct co_nested nested; /* stack NULL: not started, or exhausted */
    struct co_current_error current_error; /* while it is at a yield, */
    co_calling calling, *calls;            /* and the calls it is in */
    co_fn *fn;
    co_callback finalizer;
    uint8_t state; /* enum co_generator_state */
    bool asked;    /* for a value */
    bool closed;   /* aclose() was called */
    bool outlived; /* its last handle was dropped while it was at a yield */
    _Alignas(max_align_t) char frame[];
};

extern const struct co_future_class co_generator_class;

static inline struct co_generator *co_generator_of(co_future *future)
{
    return co_container_of(future, struct co_generator, handle.future);
}

/* Called when it is first asked for a value: the end of the run will close it. */
void co_generator_register(struct co_loop *loop, struct co_generator *generator);

/* Spawn a task that closes it. */
co_task *co_generator_closing(struct co_generator *generator);

/* co_throw() of the running task's current error. */
co_checked int co_generator_throw(struct co_generator *generator, int code);

/* Called when it is first asked for a value after the loop has closed its generators.
 */
co_cold void co_generator_warn_late(const struct co_generator *generator);

#endif
