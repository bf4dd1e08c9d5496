/* Statements about tasks, one at a time.
 */
#include "tests/random/scope.h"

/* The slot, the unit it runs, and its name. */
static int spawn_in(struct scope *scope, const struct node *node, co_group *group)
{
    co_task *task = unit_spawn_in(scope->world, ARG(1), ARG(2), group);

    if (!task)
        return CO_ERUNTIME;
    slot_set(scope->world, ARG(0), handle_new(scope->world, task, TASK));
    /* Tasks in odd slots also stay owned by their parent. */
    if (ARG(0) % 2 == 0)
        co_drop(task);
    return 0;
}

STATEMENT(spawn) { return spawn_in(scope, node, NULL); }

/* The same, and the group. */
STATEMENT(group_spawn) { return spawn_in(scope, node, scope->world->groups[ARG(3)]); }

STATEMENT(join)
{
    HOLD(slot(scope, node, 0));
    await(co_join(held->future));
    SAY("join %s", repr_result(held));
    return 0;
}

/* The result it has already, without suspending. */
STATEMENT(result)
{
    HOLD(slot(scope, node, 0));
    if (!co_done(held->future))
        return co_raise(CO_ESTATE, "Result is not set.");
    await(co_join(held->future));
    SAY("result %s", repr_result(held));
    return 0;
}

/* The message is a number; 0: none. */
static int cancel_saying(struct scope *scope, co_future *future, int message)
{
    char number[16];

    snprintf(number, sizeof(number), "%d", message);
    bool asked = message ? co_cancel_with(future, number) : co_cancel(future);
    SAY("cancel %s", py_bool(asked));
    return 0;
}

STATEMENT(cancel) { return cancel_saying(scope, slot(scope, node, 0)->future, ARG(1)); }

STATEMENT(cancel_self) { return cancel_saying(scope, co_self(), ARG(0)); }

STATEMENT(cancelling)
{
    const struct handle *handle = slot(scope, node, 0);

    SAY("cancelling %d",
        handle->kind == TASK ? (int)co_cancelling(handle->future) : -1);
    return 0;
}

STATEMENT(requests)
{
    SAY("requests %u", co_cancelling(co_self()));
    return 0;
}

STATEMENT(uncancel)
{
    SAY("uncancel %u", co_uncancel(co_self()));
    return 0;
}

STATEMENT(state)
{
    SAY("state %s", repr_state(slot(scope, node, 0)));
    return 0;
}

STATEMENT(drop)
{
    slot_set(scope->world, ARG(0), scope->world->nothing);
    return 0;
}

/* ---- the list ----------------------------------------------------------- */

const struct word statements_of_tasks[] = {
    OWN(spawn),    OWN(group_spawn), OWN(join),       OWN(result),
    OWN(cancel),   OWN(cancel_self), OWN(cancelling), OWN(requests),
    OWN(uncancel), OWN(state),       OWN(drop),       {},
};
