#include "engine/context_manager.h"

#include "engine/generators/generator_internal.h"

int co_context_manager_enter(co_context_manager *manager)
{
    return manager->enter ? manager->enter(manager) : 0;
}

/* The error of the block is the context of one that replaces it. */
int co_context_manager_leave(co_context_manager *manager, int r)
{
    struct co_error *handled = r < 0 ? co_current_error_object(r) : NULL;
    int outcome = manager->exit(manager, r);

    if (handled && outcome < 0)
        co_error_chain(outcome, handled);
    co_error_drop(handled);
    return outcome;
}

/* The block was left by `return`: exit() cannot change what the function returns, and
 * gets the task's current error.
 */
struct left_by_return {
    struct co_current_error before; /* to be restored */
    struct co_error *error;         /* passed to exit(); NULL: none */
};

static struct left_by_return begin_close(void)
{
    struct left_by_return left = { co_current_error_save(), NULL };

    left.error = co_error_keep(co_error_now());
    return left;
}

static int code_of(const struct left_by_return *left)
{
    return left->error ? left->error->code : 0;
}

/* An error of exit() itself reaches no caller, so the exception handler gets it. */
static void end_close(const struct left_by_return *left, int outcome,
                      const char *message)
{
    struct co_error *error = co_current_error_with_code(outcome);

    if (outcome < 0 && !(left->error == error && code_of(left) == outcome))
        co_call_exception_handler(&(co_exception_context){
            .kind = "exit",
            .message = message,
            .code = outcome,
            .error = error,
            .task = co_self(),
        });
    co_error_drop(left->error);
    co_current_error_restore(left->before);
}

void co_context_manager_close(co_context_manager **manager)
{
    if (!*manager)
        return;
    struct left_by_return left = begin_close();
    int outcome = co_context_manager_leave(*manager, code_of(&left));

    end_close(&left, outcome,
              "a context manager was left by return, and the error of its exit "
              "reaches no caller");
}

void co_managed_block_close(co_managed_block *block)
{
    co_context_manager_close(&block->entered);
}

/* ---- made of generators -------------------------------------------------- */

static co_generator *generator_of(co_context_manager *manager)
{
    return co_container_of(manager, co_generator_context_manager, manager)->generator;
}

static int enter_generator(co_context_manager *manager)
{
    int r = co_next(generator_of(manager));

    return r == CO_ESTOP ? co_raise_from(r, CO_ERUNTIME, "generator didn't yield") : r;
}

/* It has yielded but had to end. */
static int has_not_stopped(co_generator *generator, const char *why)
{
    int r = co_raise(CO_ERUNTIME, "%s", why);
    struct co_error *handled = co_current_error_object(r);
    int closed = co_generator_close(generator);

    r = co_error_chain(closed < 0 ? closed : r, handled);
    co_error_drop(handled);
    return r;
}

/* True if the generator returned the CO_ESTOP that was thrown in. That has become a
 * CO_ERUNTIME with the CO_ESTOP as its context; the CO_ESTOP itself is returned then.
 */
static bool passes_stop_on(const struct co_error *thrown, int r)
{
    const struct co_error *error = co_current_error_with_code(r);

    return thrown->code == CO_ESTOP && r == CO_ERUNTIME && error &&
           error->context == thrown;
}

static int exit_after_error(co_generator *generator, struct co_error *thrown)
{
    int outcome = co_generator_throw(generator, thrown->code);

    if (outcome >= 0)
        return has_not_stopped(generator, "generator didn't stop after athrow()");
    if (outcome == CO_ESTOP)
        return 0;
    return passes_stop_on(thrown, outcome) ? co_error_raise(thrown) : outcome;
}

static int exit_generator(co_context_manager *manager, int r)
{
    co_generator *generator = generator_of(manager);

    if (r < 0) {
        struct co_error *thrown = co_current_error_object(r);
        r = exit_after_error(generator, thrown);
        co_error_drop(thrown);
        return r;
    }
    int outcome = co_next(generator);
    if (outcome >= 0)
        return has_not_stopped(generator, "generator didn't stop");
    return outcome == CO_ESTOP ? r : outcome;
}

co_generator_context_manager co_asynccontextmanager(co_generator *generator)
{
    return (co_generator_context_manager){
        .manager = { .enter = enter_generator, .exit = exit_generator },
        .generator = generator,
    };
}

static int close_generator(co_context_manager *manager, int r)
{
    int closed = co_generator_close(generator_of(manager));

    return closed < 0 ? closed : r;
}

co_generator_context_manager co_aclosing(co_generator *generator)
{
    return (co_generator_context_manager){
        .manager.exit = close_generator,
        .generator = generator,
    };
}

/* ---- any number of them -------------------------------------------------- */

static int exit_stack(co_context_manager *manager, int r)
{
    return co_exit_stack_leave(co_container_of(manager, co_exit_stack, manager), r);
}

void co_exit_stack_init(co_exit_stack *stack)
{
    *stack = (co_exit_stack){ .manager.exit = exit_stack };
    co_list_init(&stack->entered);
}

int co_exit_stack_enter(co_exit_stack *stack, co_context_manager *manager)
{
    int r = await(co_context_manager_enter(manager));

    co_exit_stack_push(stack, manager);
    return r;
}

void co_exit_stack_push(co_exit_stack *stack, co_context_manager *manager)
{
    co_list_append(stack->entered.next, &manager->link);
}

static int call_back(co_context_manager *manager, int r)
{
    const co_exit_callback *callback =
        co_container_of(manager, co_exit_callback, manager);
    struct co_error *error = r < 0 ? co_error_keep(co_error_now()) : NULL;
    int called = callback->fn(callback->frame);

    /* An error that the callback has handled is the current one now. */
    if (called >= 0 && error)
        co_error_raise(error);
    co_error_drop(error);
    return called < 0 ? called : r;
}

void co_exit_stack_callback(co_exit_stack *stack, co_exit_callback *callback, co_fn *fn,
                            void *frame)
{
    *callback = (co_exit_callback){ { .exit = call_back }, fn, frame };
    co_exit_stack_push(stack, &callback->manager);
}

void co_exit_stack_pop_all(co_exit_stack *stack, co_exit_stack *ret_other)
{
    co_exit_stack_init(ret_other);
    co_list_splice(&ret_other->entered, &stack->entered);
}

int co_exit_stack_leave(co_exit_stack *stack, int r)
{
    while (!co_list_empty(&stack->entered)) {
        co_context_manager *last =
            co_container_of(stack->entered.next, co_context_manager, link);
        co_list_remove(&last->link);
        r = co_context_manager_leave(last, r);
    }
    return r;
}

void co_exit_stack_close(co_exit_stack *stack)
{
    if (co_list_empty(&stack->entered))
        return;
    struct left_by_return left = begin_close();
    int outcome = co_exit_stack_leave(stack, code_of(&left));

    end_close(&left, outcome,
              "an exit stack was left by return, and the error of an exit reaches "
              "no caller");
}
