#include "engine/core/overflow.h"

#include <stdio.h>
#include <stdlib.h>

#include "engine/core/loop_internal.h"
#include "engine/system/fatal.h"

enum { HANDLER_STACK = 64 * 1024, NAME_SIZE = sizeof("Task-4294967295") };

static const char *name_of(const struct co_task_impl *task, char *buffer)
{
    /* co_name() may allocate, which a signal handler must not. */
    if (task->handle.future.name)
        return task->handle.future.name;
    snprintf(buffer, NAME_SIZE, "Task-%u", task->number);
    return buffer;
}

static void leave_to_previous(int signal, const siginfo_t *info)
{
    const struct co_overflow *overflow = co_loop_now ? co_loop_now->overflow : NULL;
    const struct sigaction no_handler = { .sa_handler = SIG_DFL };

    /* The instruction runs again, and its next fault calls the previous handler. */
    sigaction(signal,
              !overflow           ? &no_handler
              : signal == SIGSEGV ? &overflow->segv_before
                                  : &overflow->bus_before,
              NULL);
    if (info->si_code <= 0) /* sent by a process: no instruction runs again */
        raise(signal);
}

static void on_fault(int signal, siginfo_t *info, void *unused)
{
    const struct co_task_impl *task = co_loop_now ? co_loop_now->current : NULL;
    const struct co_nested *nested = task && task->stack ? task->nested : NULL;
    char buffer[NAME_SIZE];

    (void)unused;
    if (nested && co_stack_guards(nested->stacks, nested->stack, info->si_addr))
        co_fatal_in_handler(
            "stack overflow: generator %s, run by task %s (%s), used more than its "
            "stack of %zu bytes; have larger ones (stack_size in co_options)",
            nested->fn_name, name_of(task, buffer), task->fn_name,
            nested->stacks->size - nested->stacks->page);
    if (!task || !task->stack ||
        !co_stack_guards(task->stacks, task->stack, info->si_addr)) {
        leave_to_previous(signal, info);
        return;
    }
    co_fatal_in_handler(
        "stack overflow: task %s (%s) used more than its stack of %zu bytes; give "
        "it a larger one (stack_size in co_spawn_options or co_options)",
        name_of(task, buffer), task->fn_name, task->stacks->size - task->stacks->page);
}

void co_overflow_install(struct co_overflow *overflow)
{
    struct sigaction action = { .sa_sigaction = on_fault };

    overflow->memory = co_alloc(HANDLER_STACK);
    sigaltstack(&(stack_t){ .ss_sp = overflow->memory, .ss_size = HANDLER_STACK },
                &overflow->before);
    action.sa_flags = SA_SIGINFO | SA_ONSTACK;
    sigemptyset(&action.sa_mask);
    sigaction(SIGSEGV, &action, &overflow->segv_before);
    sigaction(SIGBUS, &action, &overflow->bus_before);
}

void co_overflow_remove(struct co_overflow *overflow)
{
    sigaction(SIGSEGV, &overflow->segv_before, NULL);
    sigaction(SIGBUS, &overflow->bus_before, NULL);
    sigaltstack(&overflow->before, NULL);
    free(overflow->memory);
}
