/* Statements about coroutine objects.
 */
#include "tests/random/scope.h"

static void finally_let_go(struct made **made) { made_drop(*made); }

#define HOLD_MADE(what) finally(finally_let_go) struct made *held = made_hold(what)
#define MADE(i) (scope->world->made[ARG(i)])

/* In Python another task could close it under its awaiter; the programs do not. */
static int must_not_be_spawned(const struct made *made)
{
    return made->task && !made->running && !co_done(made->task)
               ? co_raise(CO_ERUNTIME, "it will be a task")
               : 0;
}

static int must_be_idle(const struct made *made)
{
    return made->running ? co_raise(CO_ERUNTIME, "it is under way")
                         : must_not_be_spawned(made);
}

STATEMENT(coro_new)
{
    made_set(scope->world, ARG(0), made_new(scope->world, ARG(1)));
    return 0;
}

STATEMENT(coro_await)
{
    HOLD_MADE(MADE(0));
    await(must_not_be_spawned(held));
    SAY("await %d", await(co_await(held->coroutine)));
    return 0;
}

STATEMENT(coro_spawn)
{
    struct made *made = MADE(1);

    await(must_be_idle(made));
    co_task *task = co_spawn_coroutine((co_spawn_options){}, made->coroutine);
    if (!made->task && !made->used)
        made->task = co_keep(task);
    slot_set(scope->world, ARG(0), handle_new(scope->world, task, TASK));
    return 0;
}

STATEMENT(coro_close)
{
    await(must_be_idle(MADE(0)));
    await(co_coroutine_close(MADE(0)->coroutine));
    MADE(0)->used = true;
    return 0;
}

/* ---- the list ----------------------------------------------------------- */

const struct word statements_of_coroutines[] = {
    OWN(coro_new), OWN(coro_await), OWN(coro_spawn), OWN(coro_close), {},
};
