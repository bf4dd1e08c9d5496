/* Statements about several tasks at once: gather, wait, shield and as_completed.
 */
#include <string.h>

#include "tests/random/scope.h"

enum { NO_SLOT = -1 };

/* ---- gather -------------------------------------------------------------- */

/* gather() of the handles in these slots. */
static struct handle *gathering(struct world *world, bool settle,
                                struct handle *const children[], size_t count)
{
    co_task *tasks[ARGS];

    for (size_t i = 0; i < count; i++)
        tasks[i] = children[i]->future;
    co_future *future =
        settle ? co_settle_futurev(tasks, count) : co_gather_futurev(tasks, count);

    struct handle *handle = handle_new(world, future, GATHERING);
    handle->count = count;
    for (size_t i = 0; i < count; i++)
        handle->children[i] = handle_hold(children[i]);
    return handle;
}

/* Whether it settles, the slot for the result, and the slots to gather. */
STATEMENT(gather)
{
    struct handle *children[ARGS];
    size_t count = (size_t)node->count - 2;

    for (size_t i = 0; i < count; i++)
        children[i] = slot(scope, node, (int)i + 2);
    HOLD(gathering(scope->world, ARG(0), children, count));
    if (ARG(1) != NO_SLOT) {
        slot_set(scope->world, ARG(1), held);
        return 0;
    }
    await(co_join(held->future));
    SAY("gather %s", repr_result(held));
    return 0;
}

/* The same of new tasks, as most programs do it. */
STATEMENT(gather_new)
{
    struct handle all = { .kind = GATHERING, .count = (size_t)node->count - 1 };
    struct handle children[ARGS] = {};
    co_task *tasks[ARGS];

    for (size_t i = 0; i < all.count; i++) {
        tasks[i] = unit_spawn(scope->world, ARG(i + 1), 0);
        children[i] = (struct handle){ .future = tasks[i], .kind = TASK };
        all.children[i] = &children[i];
    }
    await(ARG(0) ? co_settlev(tasks, all.count) : co_gatherv(tasks, all.count));
    co_future done;
    co_future_init(&done);
    co_future_set(&done, 0);
    all.future = &done;
    SAY("gather %s", repr_result(&all));
    return 0;
}

/* ---- wait, shield -------------------------------------------------------- */

static int wait_for_all_of(struct scope *scope, const struct node *node,
                           struct handle *const all[], size_t count)
{
    co_future *futures[ARGS];
    char done[64] = "";

    for (size_t i = 0; i < count; i++)
        futures[i] = all[i]->future;
    int number = await(co_waitv(futures, count, (co_when)ARG(1), seconds(ARG(0))));
    for (size_t i = 0; i < count; i++)
        if (co_done(futures[i]))
            sprintf(done + strlen(done), " %d", node->args[i + 2]);
    SAY("wait %d%s", number, done);
    return 0;
}

/* The timeout, the condition, and the slots. */
STATEMENT(wait)
{
    struct handle *all[ARGS];
    size_t count = (size_t)node->count - 2;

    for (size_t i = 0; i < count; i++)
        all[i] = handle_hold(slot(scope, node, (int)i + 2));
    int r = wait_for_all_of(scope, node, all, count);
    for (size_t i = 0; i < count; i++)
        handle_drop(all[i]);
    return r;
}

/* In Python shield() of a future that is done returns that future. */
static struct handle *shielded(struct world *world, struct handle *inner)
{
    if (co_done(inner->future))
        return inner;
    struct handle *handle = handle_new(world, co_shield(inner->future), SHIELD);
    handle->count = 1;
    handle->children[0] = handle_hold(inner);
    return handle;
}

/* The slot for the result, and the slot to shield. */
STATEMENT(shield)
{
    if (ARG(0) != NO_SLOT) {
        slot_set(scope->world, ARG(0), shielded(scope->world, slot(scope, node, 1)));
        return 0;
    }
    HOLD(slot(scope, node, 1));
    await(co_join(co_shield(held->future)));
    SAY("shield %s", repr_result(held));
    return 0;
}

STATEMENT(shield_new)
{
    co_task *task = unit_spawn(scope->world, ARG(0), 0);

    SAY("shield %d", await(co_join(co_shield(task))));
    return 0;
}

/* ---- as_completed -------------------------------------------------------- */

static bool is_among(const struct handle *handle, struct handle *const all[],
                     size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (all[i]->future == handle->future)
            return true;
    return false;
}

static const char *repr_arrival(const co_task *task, struct handle *const all[],
                                size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (all[i]->future == task)
            return repr_result(all[i]);
    return "nothing that was asked for";
}

static int take_next(struct scope *scope, co_as_completed *completed, bool catch,
                     struct handle *const all[], size_t count)
{
    co_task *task;
    int r = attempt(co_as_completed_next(completed, &task));

    if (r < 0 && (!catch || r == UV_ECANCELED))
        return r;
    if (r < 0)
        SAY("except %s", repr_error(r));
    else
        SAY("completed %s", repr_arrival(task, all, count));
    return 0;
}

static int take_all(struct scope *scope, const struct node *node,
                    struct handle *const all[], size_t count)
{
    finally(co_as_completed_finish) co_as_completed completed;
    co_task *tasks[ARGS];

    for (size_t i = 0; i < count; i++)
        tasks[i] = all[i]->future;
    co_as_completed_init(&completed, tasks, count, seconds(ARG(0)));
    for (size_t i = 0; i < count; i++) {
        int r = take_next(scope, &completed, ARG(1), all, count);
        if (r == 0)
            r = run_block(scope, node->blocks[0]);
        if (r != 0)
            return r == LEFT_LOOP ? 0 : r;
    }
    return 0;
}

/* The timeout, whether errors are caught, and the slots. */
STATEMENT(completed)
{
    struct handle *all[ARGS];
    size_t count = 0;

    for (int i = 2; i < node->count; i++)
        if (!is_among(slot(scope, node, i), all, count))
            all[count++] = handle_hold(slot(scope, node, i));
    int r = take_all(scope, node, all, count);
    for (size_t i = 0; i < count; i++)
        handle_drop(all[i]);
    return r;
}

/* ---- the list ----------------------------------------------------------- */

const struct word statements_of_compose[] = {
    OWN(gather),     OWN(gather_new), OWN(wait), OWN(shield),
    OWN(shield_new), OWN(completed),  {},
};
