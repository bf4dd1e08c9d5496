/* Statements about timeouts.
 */
#include "tests/random/scope.h"

struct limit {
    co_timeout timeout;
    int label;
    const struct limit *outer;
    struct world *world;
    int place; /* where other tasks find it */
};

/* A copy for tasks that look at it after it was left. */
static void finally_close(struct limit *limit)
{
    struct world *world = limit->world;

    co_timeout_close(&limit->timeout);
    if (world->limits[limit->place] != &limit->timeout)
        return;
    world->after[limit->place] = limit->timeout;
    world->limits[limit->place] = &world->after[limit->place];
}

/* A label, a slot, whether a time or a length follows, and that. */
STATEMENT(timeout)
{
    finally(finally_close) struct limit limit = {
        .label = ARG(0),
        .outer = scope->limits,
        .world = scope->world,
        .place = ARG(1),
        .timeout =
            ARG(2) ? co_timeout_at(seconds(ARG(3))) : co_timeout_after(seconds(ARG(3))),
    };

    await(co_timeout_enter(&limit.timeout));
    scope->world->limits[ARG(1)] = &limit.timeout;
    scope->limits = &limit;
    int r = run_block(scope, node->blocks[0]);
    scope->limits = limit.outer;
    r = attempt(co_timeout_leave(&limit.timeout, r));
    if (r == 0)
        SAY("expired %s", py_bool(co_timeout_expired(&limit.timeout)));
    return r;
}

STATEMENT(expired)
{
    const struct limit *limit = scope->limits;

    while (limit->label != ARG(0))
        limit = limit->outer;
    SAY("expired %s", py_bool(co_timeout_expired(&limit->timeout)));
    return 0;
}

#define LIMIT (scope->world->limits[ARG(0)])

STATEMENT(reschedule)
{
    return co_timeout_reschedule(LIMIT, ARG(1) == FOREVER ? (double)INFINITY
                                                          : co_now() + seconds(ARG(1)));
}

STATEMENT(when)
{
    double when = co_timeout_when(LIMIT);

    if (isinf(when))
        SAY("when None");
    else
        SAY("when %g", when);
    return 0;
}

STATEMENT(wait_for)
{
    HOLD(slot(scope, node, 0));
    await(co_wait_for(held->future, seconds(ARG(1))));
    SAY("wait_for %s", repr_result(held));
    return 0;
}

STATEMENT(wait_for_new)
{
    co_task *task = unit_spawn(scope->world, ARG(0), 0);

    SAY("wait_for %d", await(co_wait_for(task, seconds(ARG(1)))));
    return 0;
}

/* ---- the list ----------------------------------------------------------- */

const struct word statements_of_timeouts[] = {
    OWN(timeout),      OWN(expired), OWN(reschedule), OWN(when), OWN(wait_for),
    OWN(wait_for_new), {},
};
