#include "engine/debug.h"

#include <stdlib.h>

#include "engine/core/emit.h"
#include "engine/core/waitq.h"

bool co_get_debug(void) { return co_loop_here(__func__)->debug; }

void co_set_debug(bool enabled)
{
    struct co_loop *loop = co_loop_here(__func__);

    loop->debug = enabled;
    loop->slow_path = loop->slow_path || enabled;
}

double co_slow_callback_duration(void) { return co_loop_here(__func__)->slow; }

void co_set_slow_callback_duration(double seconds)
{
    co_loop_here(__func__)->slow = seconds;
}

static void report_slow(struct co_loop *loop, const co_task *task, double seconds)
{
    char *repr = task ? co_repr_new(task) : NULL;
    char *text =
        co_format("Executing %s took %.3f seconds", repr ? repr : "<Handle>", seconds);

    co_emit(loop, &(co_trace_event){
                      .kind = CO_NOTE,
                      .task = task,
                      .what = "slow",
                      .text = text,
                  });
    free(text);
    free(repr);
}

/* No task may wait for a primitive on the stack of a task that has ended. A task that
 * ends in its first turn needs no check: no other task has run that could wait.
 */
static void check_stack(const struct co_loop *loop, const co_task *task,
                        const char *stack)
{
    if (stack && co_done(task))
        co_waitq_check_stack(loop, stack, co_task_of(task)->stacks->size);
}

void co_debug_time(struct co_loop *loop, void (*run)(struct co_loop *loop))
{
    co_callback *next = co_container_of(loop->batch.next, co_callback, link);
    co_task *task =
        next->run == co_task_step ? &co_task_of_step(next)->handle.future : NULL;
    const char *stack = task ? co_task_of(task)->stack : NULL;
    int64_t before = co_clock_now(&loop->clock);

    if (task)
        co_ref(task);
    loop->timed = true;
    run(loop);
    loop->timed = false;
    if (task)
        check_stack(loop, task, stack);
    double seconds = (double)(co_clock_now(&loop->clock) - before) / 1e9;
    if (seconds >= loop->slow && co_is_observed(loop))
        report_slow(loop, task, seconds);
    if (task)
        co_unref(task);
}
