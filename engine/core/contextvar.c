#include "engine/contextvar.h"

#include <stdlib.h>

#include "engine/core/loop_internal.h"

void co_values_free(struct co_values *values)
{
    for (struct co_values *before; values; values = before) {
        before = values->before && --values->before->refs == 0 ? values->before : NULL;
        co_list_remove(&values->all);
        free(values);
    }
}

void co_values_adopt(struct co_loop *loop, struct co_values *values)
{
    for (; values; values = values->before)
        co_list_append(&loop->bindings, &values->all);
}

_Thread_local struct co_values *co_thread_values;

static struct co_values **values_here(void)
{
    struct co_loop *loop = co_loop_now;

    return !loop           ? &co_thread_values
           : loop->current ? &loop->current->step.values
                           : &loop->values;
}

struct co_values *co_values_copy(void)
{
    struct co_values *first = NULL, **end = &first;

    for (const struct co_values *values = *values_here(); values;
         values = values->before, end = &(*end)->before) {
        *end = co_alloc(sizeof(**end));
        **end = (struct co_values){
            .refs = 1,
            .variable = values->variable,
            .value = values->value,
        };
        co_list_init(&(*end)->all);
    }
    return first;
}

const void *co_get(const co_variable *variable)
{
    for (const struct co_values *values = *values_here(); values;
         values = values->before)
        if (values->variable == variable)
            return values->value;
    return variable->initial;
}

static struct co_values *binding(const co_variable *variable, const void *value)
{
    struct co_values *values = co_alloc(sizeof(*values));

    *values = (struct co_values){ .refs = 1, .variable = variable, .value = value };
    co_list_init(&values->all);
    if (co_loop_now)
        co_list_append(&co_loop_now->bindings, &values->all);
    return values;
}

void co_values_finish(struct co_loop *loop)
{
    while (!co_list_empty(&loop->bindings)) {
        struct co_values *values =
            co_container_of(loop->bindings.next, struct co_values, all);
        co_list_remove(&values->all);
        free(values);
    }
}

/* The same values but for this variable's. What lies above its old place is copied:
 * setting one variable in a loop must not make the list longer.
 */
static struct co_values *with(struct co_values *values, const co_variable *variable,
                              const void *value)
{
    struct co_values *added = binding(variable, value), **end = &added->before;

    struct co_values *old = values;
    while (old && old->variable != variable)
        old = old->before;
    if (!old) {
        *end = co_values_keep(values);
        return added;
    }
    for (; values != old; values = values->before, end = &(*end)->before)
        *end = binding(values->variable, values->value);
    *end = co_values_keep(old->before);
    return added;
}

void co_set(const co_variable *variable, const void *value)
{
    struct co_values **values = values_here();
    struct co_values *before = *values;

    *values = with(before, variable, value);
    co_values_drop(before);
}
