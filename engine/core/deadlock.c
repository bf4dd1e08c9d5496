/* deadlock.c — no event can wake any task: report which task waits for what. */
#include <stdio.h>
#include <stdlib.h>

#include "engine/core/emit.h"

/* Write " (A, B)": the tasks that it waits for and that are not done. */
static void write_others(FILE *out, const co_trace_event *wait)
{
    const char *before = " (", *after = "";

    if (wait->other)
        fprintf(out, " (%s)", co_label(wait->other));
    for (size_t i = 0; i < wait->count; i++) {
        if (co_done(wait->tasks[i]))
            continue;
        fprintf(out, "%s%s", before, co_label(wait->tasks[i]));
        before = ", ";
        after = ")";
    }
    fputs(after, out);
}

static void write_wait(FILE *out, const struct co_task_impl *task)
{
    co_trace_event wait = co_wait_event(task->waiting);

    fprintf(out, "%s -> %s", co_label(&task->handle.future), wait.what);
    if (wait.object)
        fprintf(out, " %s", wait.object);
    if (wait.text)
        fprintf(out, " %s", wait.text);
    write_others(out, &wait);
    free((void *)wait.tasks);
}

/* Emit CO_DEADLOCK with a text such as "main -> gather (A, B) ; A -> lock (B)". */
static void emit(struct co_loop *loop)
{
    struct co_text list;
    const char *between = "";

    co_text_begin(&list);
    co_list_each(link, &loop->handles) {
        struct co_task_impl *task = co_unfinished_task(link);
        if (!task || !task->waiting)
            continue;
        fputs(between, list.out);
        write_wait(list.out, task);
        between = " ; ";
    }
    char *text = co_text_end(&list);
    co_emit(loop, &(co_trace_event){ .kind = CO_DEADLOCK, .text = text });
    free(text);
}

int co_deadlock(struct co_loop *loop)
{
    if (co_is_observed(loop))
        emit(loop);
    return co_raise(CO_EDEADLK,
                    "deadlock: all tasks wait for something that cannot happen");
}
