/* Statements about task groups, and the groups of errors they raise.
 */
#include "tests/random/scope.h"

STATEMENT(group)
{
    co_group *group =
        allocate(scope->world, sizeof(*group)); /* other tasks may use it */

    await(co_group_enter(group));
    scope->world->groups[ARG(0)] = group;
    SAY("group");
    int r = run_block(scope, node->blocks[0]);
    r = attempt(co_group_leave(group, r));
    if (r == 0)
        SAY("group over");
    return r;
}

/* except* for one kind of error, and perhaps a second. */
STATEMENT(except_star)
{
    int r = run_block(scope, node->blocks[0]);

    for (int i = 0; i < node->count; i++) {
        if (r >= 0 || ARG(i) == 0)
            continue;
        co_error *taken;
        r = co_except(r, code_of((enum kind)ARG(i)), &taken);
        if (taken)
            SAY("except* %s", repr_group(taken));
        co_error_drop(taken);
    }
    return r;
}

/* ---- the list ----------------------------------------------------------- */

const struct word statements_of_groups[] = {
    OWN(group),
    OWN(except_star),
    {},
};
