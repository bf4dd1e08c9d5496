/* context_manager.h — async with: context managers, and stacks of them.
 *
 *     async_def(talk)
 *     {
 *         return co_sleep(1);
 *     }
 *
 *     static int hang_up(co_context_manager *self, int r)
 *     {
 *         (void)self; // the connection it is a part of: co_container_of()
 *         return r;
 *     }
 *
 *     co_context_manager connection = { .enter = NULL, .exit = hang_up };
 *     int r = attempt(co_with(&connection, co_call(talk)));
 *     with_manager(&connection)
 *         await(co_call(talk));
 *
 * A manager is a struct with two functions, __aenter__() and __aexit__(); embed it in
 * the object that it manages. exit() gets the outcome of the block, a result or an
 * error, and returns the outcome of the whole: the same one; a result, to suppress an
 * error; or an error of its own, whose co_error_context() is the error it replaces.
 * Both may suspend, and a cancellation can interrupt them like any coroutine.
 */
#ifndef CO_CONTEXT_MANAGER_H
#define CO_CONTEXT_MANAGER_H

#include "engine/await.h"
#include "engine/generator.h"
#include "engine/list.h"
#include "engine/task.h"

typedef struct co_context_manager co_context_manager;
struct co_context_manager {
    int (*enter)(co_context_manager *self); /* NULL: nothing to do */
    int (*exit)(co_context_manager *self, int r);
    /* private */
    struct co_list link; /* of an exit stack, last entered first */
};

/* async with manager: enter it, evaluate `expression`, an int like co_call(…), and
 * leave it. An error of enter() is the value, and neither the expression nor exit()
 * runs. Several managers nest: co_with(&a, co_with(&b, …)).
 *
 * If `return`, or an await() that fails, leaves the function from within the
 * expression, exit() gets the task's current error. exit() cannot change what the
 * function returns then, and an error of its own goes to the exception handler. If
 * exit() has to decide, call a coroutine that awaits (co_call), or use attempt().
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

/* The same with a block. Its outcome for exit() is 0 unless `return`, or an await()
 * that fails, leaves it; then exit() cannot change what the function returns, as above.
 * `break` leaves the block. with_manager(manager, name) declares an int of this name,
 * the result of enter(): async with manager as name.
 */
/* clang-format off */
#define with_manager(manager, ...)                                               \
    for (co_managed_block co_block_ finally(co_managed_block_close) =            \
             { .next = (manager) };                                              \
         co_block_.next &&                                                       \
         (co_block_.result = await(co_context_manager_enter(co_block_.next)),    \
          co_block_.entered = co_block_.next);                                   \
         co_block_.entered = NULL,                                               \
         await(co_context_manager_leave(co_block_.next, 0)),                     \
         co_block_.next = NULL)                                                  \
        for (int __VA_OPT__(__VA_ARGS__ = co_block_.result, ) co_once_ = 1;      \
             co_once_; co_once_ = 0)
/* clang-format on */

typedef struct co_managed_block {
    /* private */
    co_context_manager *next, *entered; /* NULL: it was left; it is not entered */
    int result;                         /* of enter() */
} co_managed_block;

void co_managed_block_close(co_managed_block *block);

/* The same in parts, for a program that needs the result of enter(). _close() is for
 * `finally`: it leaves the manager that the pointer points at; NULL: none.
 */
co_checked int co_context_manager_enter(co_context_manager *manager);
co_checked int co_context_manager_leave(co_context_manager *manager, int r);
void co_context_manager_close(co_context_manager **manager);

/* ---- made of generators -------------------------------------------------- */

/* The generator belongs to the task that made it, not to this struct. */
typedef struct co_generator_context_manager {
    co_context_manager manager;
    co_generator *generator;
} co_generator_context_manager;

/* @asynccontextmanager: enter() runs the generator up to its only yield and returns
 * that value; exit() runs the rest. The yield returns the error of the block. If the
 * generator then ends without an error, that error is suppressed. CO_ERUNTIME, from
 * enter() or exit(): it does not yield exactly once.
 */
co_generator_context_manager co_asynccontextmanager(co_generator *generator);

/* contextlib.aclosing(): exit() closes the generator. */
co_generator_context_manager co_aclosing(co_generator *generator);

/* ---- any number of them -------------------------------------------------- */

/* AsyncExitStack: managers that are left together, the last one first. Each gets the
 * outcome that the exit() before it has returned. The stack is a manager itself. The
 * caller owns the stack, which must stay in place, and the managers, which must outlive
 * it: declare them first.
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

/* push_async_exit(): leave it with the stack, but do not enter it. */
void co_exit_stack_push(co_exit_stack *stack, co_context_manager *manager);

/* A coroutine to be called when the stack is left; its error replaces the outcome, its
 * result is ignored.
 */
typedef struct co_exit_callback {
    /* private */
    co_context_manager manager;
    co_fn *fn;
    void *frame;
} co_exit_callback;

/* push_async_callback() and callback(): call fn(frame). */
void co_exit_stack_callback(co_exit_stack *stack, co_exit_callback *callback, co_fn *fn,
                            void *frame);

/* pop_all(): move all that is on the stack to another, which is initialized here. */
void co_exit_stack_pop_all(co_exit_stack *stack, co_exit_stack *ret_other);

/* Leave all, with outcome `r` of the block; returns the outcome of the whole. The stack
 * is empty then and may be used again. co_exit_stack_close() is for `finally`: the
 * first exit() gets the task's current error, which does not change by this, and an
 * error of an exit() goes to the exception handler.
 */
co_checked int co_exit_stack_leave(co_exit_stack *stack, int r);
void co_exit_stack_close(co_exit_stack *stack);

#endif
