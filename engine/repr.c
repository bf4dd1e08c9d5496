/* repr.c — tasks and futures as Python shows them. */
#include <stdio.h>
#include <stdlib.h>

#include "engine/sched.h"

static const char *state_of(const co_future *future)
{
    static const char *const states[] = {
        [CO_PENDING] = "pending",
        [CO_HAS_RESULT] = "finished",
        [CO_HAS_FAILED] = "finished",
        [CO_WAS_CANCELLED] = "cancelled",
    };

    if (co_is_pending(future) && future->class == &co_task_class &&
        co_cancelling(future) > 0)
        return "cancelling";
    return states[future->state];
}

static void write_outcome(FILE *out, const co_future *future)
{
    if (future->state == CO_HAS_RESULT)
        fprintf(out, " result=%d", future->code);
    else if (future->state == CO_HAS_FAILED && future->error)
        fprintf(out, " exception=%s('%s')", co_exception_name(future->code),
                future->error->text);
    else if (future->state == CO_HAS_FAILED)
        fprintf(out, " exception=%s()", co_exception_name(future->code));
}

static void write_repr(FILE *out, const co_future *future)
{
    const struct co_task_record *task =
        future->class == &co_task_class ? co_task_of(future) : NULL;

    fprintf(out, "<%s %s", co_type_name(future), state_of(future));
    if (task)
        fprintf(out, " name='%s' coro=<%s() %s>", co_name(future), task->fn_name,
                co_is_pending(future) ? "running" : "done");
    if (task && task->waiting)
        fprintf(out, " wait_for=<%s %s>", co_type_name(task->waiting),
                state_of(task->waiting));
    write_outcome(out, future);
    fputc('>', out);
}

char *co_repr_new(const co_future *future)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);

    if (!out)
        return co_strdup("<Future>");
    write_repr(out, future);
    fclose(out);
    return text;
}

void co_repr(const co_future *future, char *ret_text, size_t size)
{
    char *text = co_repr_new(future);

    snprintf(ret_text, size, "%s", text);
    free(text);
}
