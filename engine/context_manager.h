/* context_manager.h — asynchronous context managers: what is entered has to be left.
 *
 *     int r = attempt(co_with(&connection.manager, co_call(talk, &connection)));
 *
 * A manager is two functions, in a struct that is part of what they manage. exit() is
 * told the outcome so far, a result or an error, and returns the outcome of the whole:
 * the same to pass it on, a result to suppress an error, or an error of its own, whose
 * co_error_context() is then the one it took the place of. Both may suspend, and
 * nothing protects exit() from being interrupted.
 */
#ifndef CO_CONTEXT_MANAGER_H
#define CO_CONTEXT_MANAGER_H

#include "engine/await.h"
#include "engine/generator.h"
#include "engine/list.h"
#include "engine/task.h"

typedef struct co_context_manager co_context_manager;
struct co_context_manager {
    int (*enter)(co_context_manager *self); /* NULL: there is nothing to be done, */
    int (*exit)(co_context_manager *self, int r);
    /* private */
    struct co_list link; /* of an exit stack, last entered first */
};

/* async with manager: evaluate `expression`, an int like co_call(…), in between. An
 * error of enter() is the outcome of the whole, and nothing else happens. Those of
 * several managers nest: co_with(&a, co_with(&b, …)). If the expression leaves the
 * function, as by an await that fails, exit() is told the error the task met last,
 * which stays the one on its way whatever exit() returns.
 */
#define co_with(manager, expression)                                              \
    ({                                                                            \
        finally(co_context_manager_close) co_context_manager *co_entered_ = NULL; \
        co_context_manager *co_managed_ = (manager);                              \
        int co_outcome_ = co_context_manager_enter(co_managed_);                  \
        if (co_outcome_ >= 0) {                                                   \
            co_entered_ = co_managed_;                                            \
            co_outcome_ = (expression);                                           \
            co_entered_ = NULL;                                                   \
            co_outcome_ = co_context_manager_leave(co_managed_, co_outcome_);     \
        }                                                                         \
        co_outcome_;                                                              \
    })

/* The same in parts, where the result of enter() is wanted. _close is for `finally`,
 * on what is NULL unless it is to be left.
 */
co_checked int co_context_manager_enter(co_context_manager *manager);
co_checked int co_context_manager_leave(co_context_manager *manager, int r);
void co_context_manager_close(co_context_manager **manager);

/* ---- made of generators -------------------------------------------------- */

/* A manager that owns nothing: its generator is whoever's it was. */
typedef struct co_generator_context_manager {
    co_context_manager manager;
    co_generator *generator;
} co_generator_context_manager;

/* @asynccontextmanager: what stands before the generator's only yield is enter(), whose
 * result is what it yields; what stands after it is exit(). An error of the body comes
 * out of the yield, and is suppressed if the generator ends without one.
 * CO_ERUNTIME: it does not yield once.
 */
co_generator_context_manager co_asynccontextmanager(co_generator *generator);

/* contextlib.aclosing(): exit() closes the generator. */
co_generator_context_manager co_aclosing(co_generator *generator);

/* ---- any number of them -------------------------------------------------- */

/* AsyncExitStack: managers that are left together, the last one first, each of which
 * sees the outcome the one before it has left. It is a manager itself. It is the
 * caller's, and so are the managers, which have to outlive it: declare them first.
 */
typedef struct co_exit_stack {
    co_context_manager manager;
    /* private */
    struct co_list entered; /* co_context_manager.link */
} co_exit_stack;

void co_exit_stack_init(co_exit_stack *stack);

/* Enter a manager, and leave it with the stack. Returns what enter() does; after an
 * error it is not part of the stack. Suspends as enter() does.
 */
co_checked int co_exit_stack_enter(co_exit_stack *stack, co_context_manager *manager);

/* push_async_exit(): leave it with the stack, though nobody has entered it here. */
void co_exit_stack_push(co_exit_stack *stack, co_context_manager *manager);

/* A coroutine to be called when the stack is left; its error takes the place of the
 * outcome, its result is lost.
 */
typedef struct co_exit_callback {
    /* private */
    co_context_manager manager;
    co_fn *fn;
    void *frame;
} co_exit_callback;

/* push_async_callback(), and callback(), which is the same here. */
void co_exit_stack_callback(co_exit_stack *stack, co_exit_callback *callback, co_fn *fn,
                            void *frame);

/* pop_all(): what is on the stack is on the other, empty one. */
void co_exit_stack_pop_all(co_exit_stack *stack, co_exit_stack *ret_other);

/* Leave all, with outcome `r` of what stands between; the outcome of the whole. The
 * stack is empty then and may be used again. co_exit_stack_close() is for `finally`:
 * what is on the stack by then is told the error the task met last, which stays the
 * one on its way.
 */
co_checked int co_exit_stack_leave(co_exit_stack *stack, int r);
void co_exit_stack_close(co_exit_stack *stack);

#endif
