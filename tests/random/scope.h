/* scope.h — how statements of a random program are written: the call they are
 * part of, and macros to write them with.
 *
 * A statement returns 0, or RETURNED after a `return`, LEFT_LOOP after a `break`, or
 * the error it raises.
 */
#ifndef SCOPE_H
#define SCOPE_H

#include <math.h>

#include "tests/random/world.h"

enum { RETURNED = 1, LEFT_LOOP };

/* A call of a coroutine. */
struct scope {
    struct world *world;
    const struct handled *handled; /* innermost first; NULL: none */
    const struct limit *limits;
    struct stack *stacks;
    int result;
};

/* Kinds of errors. */
enum kind {
    CANCELLED = 1,
    VALUE,
    RUNTIME,
    TIMED_OUT,
    EXCEPTION,
    ANYTHING,
    GROUP,
    BROKEN,
};

int code_of(enum kind kind);

int run_block(struct scope *scope, const struct node *block);

#define STATEMENT(name)                                          \
    static int name(__attribute__((unused)) struct scope *scope, \
                    __attribute__((unused)) const struct node *node)
#define SAY(...) ev(scope->world, __VA_ARGS__)
#define ARG(i) (node->args[i])

static inline double seconds(int milliseconds)
{
    return milliseconds == FOREVER ? (double)INFINITY : milliseconds / 1e3;
}

static inline struct handle *slot(struct scope *scope, const struct node *node, int i)
{
    return scope->world->slots[node->args[i]];
}

static inline void finally_drop(struct handle **handle) { handle_drop(*handle); }

#define HOLD(what) finally(finally_drop) struct handle *held = handle_hold(what)

/* Statements by their word; the last entry has none. */
struct word {
    const char *word;
    statement *run;
};
#define OWN(name)   \
    {               \
#name, name \
    }

extern const struct word statements_of_control[], statements_of_tasks[],
    statements_of_callbacks[], statements_of_timeouts[], statements_of_compose[],
    statements_of_locks_and_queues[], statements_of_conditions_and_barriers[],
    statements_of_groups[], statements_of_generators[], statements_of_coroutines[];

#endif
