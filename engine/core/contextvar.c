#include "engine/contextvar.h"

#include <stdlib.h>

#include "engine/core/loop_internal.h"

void co_contextvars_free(struct co_contextvars *values)
{
    for (struct co_contextvars *before; values; values = before) {
        before = values->before && --values->before->refs == 0 ? values->before : NULL;
        co_list_remove(&values->all);
        free(values);
    }
}

void co_contextvars_adopt(struct co_loop *loop, struct co_contextvars *values)
{
    for (; values; values = values->before)
        co_list_append(&loop->contextvars_all, &values->all);
}

_Thread_local struct co_contextvars *co_thread_contextvars;

static struct co_contextvars **values_here(void)
{
    struct co_loop *loop = co_loop_now;

    return !loop           ? &co_thread_contextvars
           : loop->current ? &loop->current->step.contextvars
                           : &loop->contextvars;
}

struct co_contextvars *co_contextvars_copy(void)
{
    struct co_contextvars *first = NULL, **end = &first;

    for (const struct co_contextvars *values = *values_here(); values;
         values = values->before, end = &(*end)->before) {
        *end = co_alloc(sizeof(**end));
        **end = (struct co_contextvars){
            .refs = 1,
            .variable = values->variable,
            .value = values->value,
        };
        co_list_init(&(*end)->all);
    }
    return first;
}

const void *co_contextvar_get(const co_contextvar *variable)
{
    for (const struct co_contextvars *values = *values_here(); values;
         values = values->before)
        if (values->variable == variable)
            return values->value;
    return variable->initial;
}

static struct co_contextvars *binding(const co_contextvar *variable, const void *value)
{
    struct co_contextvars *values = co_alloc(sizeof(*values));

    *values =
        (struct co_contextvars){ .refs = 1, .variable = variable, .value = value };
    co_list_init(&values->all);
    if (co_loop_now)
        co_list_append(&co_loop_now->contextvars_all, &values->all);
    return values;
}

void co_contextvars_finish(struct co_loop *loop)
{
    while (!co_list_empty(&loop->contextvars_all)) {
        struct co_contextvars *values =
            co_container_of(loop->contextvars_all.next, struct co_contextvars, all);
        co_list_remove(&values->all);
        free(values);
    }
}

/* The same values with a new one of this variable. The entries before its old one are
 * copied and the old one is left out: setting a variable many times must not make the
 * list longer.
 */
static struct co_contextvars *replace(struct co_contextvars *values,
                                      const co_contextvar *variable, const void *value)
{
    struct co_contextvars *added = binding(variable, value), **end = &added->before;

    struct co_contextvars *old = values;
    while (old && old->variable != variable)
        old = old->before;
    if (!old) {
        *end = co_contextvars_keep(values);
        return added;
    }
    for (; values != old; values = values->before, end = &(*end)->before)
        *end = binding(values->variable, values->value);
    *end = co_contextvars_keep(old->before);
    return added;
}

void co_contextvar_set(const co_contextvar *variable, const void *value)
{
    struct co_contextvars **values = values_here();
    struct co_contextvars *before = *values;

    *values = replace(before, variable, value);
    co_contextvars_drop(before);
}
