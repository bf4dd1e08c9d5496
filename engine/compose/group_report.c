/* group_report.c — what a task group reports where no caller receives it. */
#include <stdio.h>
#include <stdlib.h>

#include "engine/compose/group_internal.h"
#include "engine/core/emit.h"

void co_group_report_orphan(const co_group *group, co_task *task)
{
    char *child = co_repr_new(task), *parent = co_repr_new(group->parent);
    char *message = NULL;

    if (asprintf(&message,
                 "Task %s has errored out but its parent task %s is already completed",
                 child, parent) >= 0)
        co_call_exception_handler(&(co_exception_context){
            .kind = "group",
            .message = message,
            .code = task->code,
            .error = task->error,
            .future = task,
        });
    free(message);
    free(parent);
    free(child);
}

/* "ValueError('b'), …"; free() it. */
static char *parts_new(const struct co_error *error)
{
    struct co_text text;

    co_text_begin(&text);
    for (size_t i = 0; i < error->count; i++) {
        fputs(i ? ", " : "", text.out);
        co_write_error(text.out, error->parts[i]->code, error->parts[i]);
    }
    return co_text_end(&text);
}

void co_group_report_lost(co_task *parent)
{
    struct co_error *error = co_current_error_with_code(CO_EGROUP);
    char *parts = parts_new(error);

    co_call_exception_handler(&(co_exception_context){
        .kind = "group",
        .message = "a TaskGroup was left by return, and its errors reach no caller",
        .code = CO_EGROUP,
        .error = error,
        .task = parent,
        .more = &(struct co_exception_detail){ "exceptions", parts },
        .count = 1,
    });
    free(parts);
}

void co_group_emit_never_awaited(struct co_loop *loop, const char *fn_name)
{
    char text[128];

    if (!co_is_observed(loop) || co_asyncio_at_least(loop, 313))
        return;
    snprintf(text, sizeof(text), "coroutine '%s' was never awaited", fn_name);
    co_emit(loop, &(co_trace_event){
                      .kind = CO_NOTE, .what = "never-awaited", .text = text });
}
