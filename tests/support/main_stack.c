#include "tests/support/main_stack.h"

#include "engine/core/loop_internal.h"

#ifdef CO_ASAN
#include <sanitizer/asan_interface.h>
#endif

enum { MAIN_STACK = 256 * 1024 }; /* bytes: no test asks for a stack of this size */

static _Thread_local co_fn *main_function;

/* Call main with a gap above and below its frame: what the engine does on this stack
 * when main has returned does not overwrite main's variables.
 */
static int call_main(void *frame)
{
    char gap[16 * 1024];

    __asm__ volatile("" : : "r"(gap) : "memory"); /* keep it on the stack */
    int r = main_function(frame);
    __asm__ volatile("" : : "r"(gap) : "memory");
    return r;
}

static void set_apart(struct co_task_impl *main)
{
    struct co_stacks *stacks = co_alloc(sizeof(*stacks));

    co_stacks_init(stacks, MAIN_STACK, false);
    stacks->other = main->stacks->other;
    main->stacks->other = stacks;
    main->stacks = stacks;
    main_function = main->fn;
    main->fn = call_main;
}

#ifdef CO_ASAN

/* Poison the stacks that are free, so that access to a variable of a task that is done
 * is an error. Main's is larger and exempt. The top of a stack is left out: the engine
 * writes it for the next task before that task starts.
 */
static void forbid_free_stacks(const struct co_loop *loop)
{
    enum { TOP = 256 };
    char here;

    /* The event may come from another thread, whose stack is none of these. */
    for (const struct co_stacks *stacks = loop ? loop->stacks : NULL; stacks;
         stacks = stacks->other)
        for (size_t i = 0; i < stacks->free_count; i++) {
            char *slot = stacks->free[i];
            if (stacks->size > MAIN_STACK)
                break;
            if (&here < slot || &here >= slot + stacks->size)
                __asan_poison_memory_region(slot + stacks->page,
                                            co_stack_usable(stacks, slot) - TOP);
        }
}

static void allow_stack(const co_task *task)
{
    const struct co_task_impl *impl = co_task_of(task);

    __asan_unpoison_memory_region(impl->stack, impl->stacks->size);
}

#else

static void forbid_free_stacks(const struct co_loop *) {}

static void allow_stack(const co_task *) {}

#endif

void main_stack_event(const co_trace_event *event)
{
    forbid_free_stacks(co_loop_now);
    if (event->kind == CO_SPAWN && co_is_main(event->other))
        set_apart(co_task_of(event->other));
    else if (event->kind == CO_START)
        allow_stack(event->task);
}
