/* Statements about conditions and barriers.
 */
#include "tests/random/scope.h"

#define CONDITION (&scope->world->conditions[ARG(0)])
#define BARRIER (&scope->world->barriers[ARG(0)])

/* ---- conditions ---------------------------------------------------------- */

STATEMENT(condition)
{
    await(co_condition_acquire(CONDITION));
    SAY("inside");
    int r = run_block(scope, node->blocks[0]);
    await(co_condition_release(CONDITION));
    return r;
}

STATEMENT(cond_wait)
{
    await(co_condition_wait(CONDITION));
    SAY("waited True");
    return 0;
}

struct counted {
    const int *counter;
    int enough;
};

static int is_enough(void *argument)
{
    const struct counted *counted = argument;

    return *counted->counter >= counted->enough;
}

STATEMENT(cond_wait_for)
{
    struct counted counted = { &scope->world->counters[ARG(0)], ARG(1) };
    int r = await(co_condition_wait_for(CONDITION, is_enough, &counted));

    SAY("waited %s", py_bool(r));
    return 0;
}

STATEMENT(count)
{
    scope->world->counters[ARG(0)]++;
    return 0;
}

STATEMENT(notify)
{
    await(co_condition_notify(CONDITION, (size_t)ARG(1)));
    return 0;
}

STATEMENT(notify_all)
{
    await(co_condition_notify_all(CONDITION));
    return 0;
}

/* ---- barriers ------------------------------------------------------------ */

STATEMENT(barrier_wait)
{
    SAY("barrier %d", await(co_barrier_wait(BARRIER)));
    return 0;
}

STATEMENT(barrier)
{
    await(barrier_wait(scope, node));
    return run_block(scope, node->blocks[0]);
}

STATEMENT(barrier_reset)
{
    await(co_barrier_reset(BARRIER));
    return 0;
}

STATEMENT(barrier_abort)
{
    await(co_barrier_abort(BARRIER));
    return 0;
}

STATEMENT(barrier_state)
{
    SAY("state %d %d %s", co_barrier_parties(BARRIER), co_barrier_waiting(BARRIER),
        py_bool(co_barrier_broken(BARRIER)));
    return 0;
}

/* ---- the list ----------------------------------------------------------- */

const struct word statements_of_conditions_and_barriers[] = {
    OWN(condition),     OWN(cond_wait),     OWN(cond_wait_for), OWN(count),
    OWN(notify),        OWN(notify_all),    OWN(barrier),       OWN(barrier_wait),
    OWN(barrier_reset), OWN(barrier_abort), OWN(barrier_state), {},
};
