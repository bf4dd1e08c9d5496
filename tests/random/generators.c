/* Statements about asynchronous generators, context managers made of them, and exit
 * stacks.
 */
#include <string.h>

#include "tests/random/scope.h"

/* ---- references, counted as in Python ------------------------------------------- */

static void finally_let_go(struct generated **generated) { generated_drop(*generated); }

#define HOLD_GENERATED(what) \
    finally(finally_let_go) struct generated *held = generated_hold(what)
#define GENERATED(i) (scope->world->generated[ARG(i)])

/* A label is never 0, which stands for None. */
static int say_next(struct scope *scope, int value)
{
    if (value > 0)
        SAY("next %d", value);
    else if (value == 0)
        SAY("next None");
    return value < 0 ? value : 0;
}

STATEMENT(yield)
{
    int sent = await(co_yield(ARG(0)));

    if (sent)
        SAY("sent %d", sent);
    else
        SAY("sent None");
    return 0;
}

STATEMENT(gen_new)
{
    generated_set(scope->world, ARG(0), generated_new(scope->world, ARG(1)));
    return 0;
}

STATEMENT(gen_drop)
{
    generated_set(scope->world, ARG(0), generated_new(scope->world, NO_UNIT));
    return 0;
}

/* ---- values -------------------------------------------------------------- */

STATEMENT(gen_next)
{
    HOLD_GENERATED(GENERATED(0));
    return say_next(scope, attempt(co_next(held->generator)));
}

/* In Python this is a TypeError, which is no ValueError. */
STATEMENT(gen_send)
{
    HOLD_GENERATED(GENERATED(0));
    int r = attempt(co_send(held->generator, ARG(1)));

    if (r == CO_EVALUE && strncmp(co_why(), "can't send", 10) == 0)
        return co_raise(UV_EINVAL, "%s", co_why());
    return say_next(scope, r);
}

STATEMENT(gen_throw)
{
    HOLD_GENERATED(GENERATED(0));
    int code = code_of((enum kind)ARG(1));
    int r = ARG(2) ? attempt(co_throw(held->generator, code, "%d", ARG(2)))
                   : attempt(co_throw(held->generator, code, "%s", ""));

    return say_next(scope, r);
}

STATEMENT(gen_close)
{
    HOLD_GENERATED(GENERATED(0));
    await(co_generator_close(held->generator));
    SAY("closed");
    return 0;
}

static int for_each(struct scope *scope, const struct node *node,
                    struct generated *generated)
{
    HOLD_GENERATED(generated);

    async_for(value, co_next(held->generator)) {
        SAY("value %d", value);
        int r = run_block(scope, node->blocks[0]);
        if (r != 0)
            return r == LEFT_LOOP ? 0 : r;
    }
    return 0;
}

STATEMENT(gen_for) { return for_each(scope, node, GENERATED(0)); }

STATEMENT(gen_for_new)
{
    return for_each(scope, node, generated_new(scope->world, ARG(0)));
}

/* ---- managers ------------------------------------------------------------ */

STATEMENT(closing)
{
    HOLD_GENERATED(GENERATED(0));
    co_generator_context_manager closing = co_aclosing(held->generator);

    await(co_context_manager_enter(&closing.manager));
    int r = run_block(scope, node->blocks[0]);
    r = attempt(co_context_manager_leave(&closing.manager, r));
    if (r == 0)
        SAY("closed");
    return r;
}

STATEMENT(manage)
{
    HOLD_GENERATED(generated_new(scope->world, ARG(0)));
    co_generator_context_manager managing = co_asynccontextmanager(held->generator);

    SAY("as %d", await(co_context_manager_enter(&managing.manager)));
    int r = run_block(scope, node->blocks[0]);
    r = attempt(co_context_manager_leave(&managing.manager, r));
    if (r == 0)
        SAY("left");
    return r;
}

/* ---- exit stacks ------------------------------------------------------ */

struct stack {
    co_exit_stack stack;
    int label;
    struct stack *outer;
};

STATEMENT(stack)
{
    struct stack stack = { .label = ARG(0), .outer = scope->stacks };

    co_exit_stack_init(&stack.stack);
    scope->stacks = &stack;
    int r = run_block(scope, node->blocks[0]);
    scope->stacks = stack.outer;
    r = attempt(co_exit_stack_leave(&stack.stack, r));
    if (r == 0)
        SAY("left");
    return r;
}

static co_exit_stack *stack_of(struct scope *scope, int label)
{
    struct stack *stack = scope->stacks;

    while (stack->label != label)
        stack = stack->outer;
    return &stack->stack;
}

/* An entry of a stack, which refers to its generator until the stack is left. */
struct managed {
    co_context_manager manager;
    co_generator_context_manager inner;
    struct generated *held;
};

static int enter(co_context_manager *manager)
{
    struct managed *managed = co_container_of(manager, struct managed, manager);
    int r = attempt(co_context_manager_enter(&managed->inner.manager));

    if (r < 0)
        generated_drop(managed->held);
    return r;
}

static int leave(co_context_manager *manager, int r)
{
    struct managed *managed = co_container_of(manager, struct managed, manager);

    r = attempt(managed->inner.manager.exit(&managed->inner.manager, r));
    generated_drop(managed->held);
    return r;
}

static co_context_manager *
managed_new(struct world *world, struct generated *generated,
            co_generator_context_manager (*make)(co_generator *generator))
{
    struct managed *managed = allocate(world, sizeof(*managed));

    managed->manager = (co_context_manager){ .enter = enter, .exit = leave };
    managed->held = generated_hold(generated);
    managed->inner = make(generated->generator);
    return &managed->manager;
}

STATEMENT(stack_manage)
{
    struct world *world = scope->world;
    co_context_manager *manager =
        managed_new(world, generated_new(world, ARG(1)), co_asynccontextmanager);

    SAY("as %d", await(co_exit_stack_enter(stack_of(scope, ARG(0)), manager)));
    return 0;
}

STATEMENT(stack_close)
{
    co_context_manager *manager = managed_new(scope->world, GENERATED(1), co_aclosing);

    await(co_exit_stack_enter(stack_of(scope, ARG(0)), manager));
    return 0;
}

struct call_later {
    co_exit_callback callback;
    struct world *world;
    const struct node *unit;
};

static int call_back(void *frame)
{
    const struct call_later *later = frame;

    return unit_run(later->world, later->unit);
}

STATEMENT(stack_call)
{
    struct call_later *later = allocate(scope->world, sizeof(*later));

    later->world = scope->world;
    later->unit = scope->world->units[ARG(1)];
    co_exit_stack_callback(stack_of(scope, ARG(0)), &later->callback, call_back, later);
    return 0;
}

/* ---- the list ----------------------------------------------------------- */

const struct word statements_of_generators[] = {
    OWN(yield),        OWN(gen_new),     OWN(gen_drop),   OWN(gen_next),
    OWN(gen_send),     OWN(gen_throw),   OWN(gen_close),  OWN(gen_for),
    OWN(gen_for_new),  OWN(closing),     OWN(manage),     OWN(stack),
    OWN(stack_manage), OWN(stack_close), OWN(stack_call), {},
};
