/* Statements about futures, callbacks, the exception handler, and context variables.
 */
#include <stdint.h>

#include "tests/random/scope.h"

/* ---- futures ------------------------------------------------------------- */

STATEMENT(future)
{
    slot_set(scope->world, ARG(0), handle_new(scope->world, NULL, PLAIN));
    return 0;
}

static int unless_done(int r) { return r < 0 ? co_raise(r, "%s", co_strerror(r)) : 0; }

STATEMENT(set)
{
    return unless_done(co_future_set(slot(scope, node, 0)->future, ARG(1)));
}

STATEMENT(fail)
{
    return unless_done(
        co_future_fail(slot(scope, node, 0)->future, CO_EVALUE, "%d", ARG(1)));
}

/* ---- callbacks ----------------------------------------------------------- */

STATEMENT(on_done)
{
    struct call *call = call_new(scope->world, ARG(1));

    co_on_done(slot(scope, node, 0)->future, &call->timer.callback);
    return 0;
}

STATEMENT(soon)
{
    struct call *call = call_new(scope->world, ARG(1));

    co_call_soon(&call->timer.callback);
    scope->world->timers[ARG(0)] = call;
    return 0;
}

STATEMENT(later)
{
    struct call *call = call_new(scope->world, ARG(1));

    co_call_later(&call->timer, seconds(ARG(2)));
    scope->world->timers[ARG(0)] = call;
    return 0;
}

STATEMENT(cancel_timer)
{
    if (scope->world->timers[ARG(0)])
        co_timer_cancel(&scope->world->timers[ARG(0)]->timer);
    return 0;
}

/* ---- the exception handler
 * ------------------------------------------------------------- */

STATEMENT(handler)
{
    scope->world->on_unhandled = scope->world->units[ARG(0)];
    co_set_exception_handler(&scope->world->handler);
    return 0;
}

STATEMENT(no_handler)
{
    co_set_exception_handler(NULL);
    return 0;
}

STATEMENT(call_handler)
{
    char number[16];

    snprintf(number, sizeof(number), "%d", ARG(0));
    co_call_exception_handler(&(co_exception_context){ .message = number });
    return 0;
}

/* ---- context variables --------------------------------------------------- */

static const co_contextvar variables[VARIABLES];

STATEMENT(variable_set)
{
    co_contextvar_set(&variables[ARG(0)], (void *)(intptr_t)ARG(1));
    return 0;
}

STATEMENT(variable_get)
{
    SAY("variable %d", (int)(intptr_t)co_contextvar_get(&variables[ARG(0)]));
    return 0;
}

/* ---- the list ----------------------------------------------------------- */

const struct word statements_of_callbacks[] = {
    OWN(future),
    OWN(set),
    OWN(fail),
    OWN(on_done),
    OWN(soon),
    OWN(later),
    OWN(cancel_timer),
    OWN(handler),
    OWN(no_handler),
    OWN(call_handler),
    OWN(variable_set),
    OWN(variable_get),
    {},
};
