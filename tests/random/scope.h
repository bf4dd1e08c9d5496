/* scope.h — how statements of a random program are written: what they see of the
 * call they are part of, and a few words for them.
 *
 * A statement returns 0 to go on, GONE after a `return`, BROKEN_OFF after a `break`, or
 * an error on its way out.
 */
#ifndef SCOPE_H
#define SCOPE_H

#include <math.h>

#include "tests/random/world.h"

enum { GONE = 1, BROKEN_OFF };

/* A call of a coroutine. */
struct scope {
    struct world *world;
    const struct handled *handled; /* innermost first; NULL: none */
    const struct limit *limits;
    struct stack *stacks;
    int result;
};

/* Of errors. */
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

static inline void finally_give_up(struct handle **handle) { handle_give_up(*handle); }

#define HOLD(what) finally(finally_give_up) struct handle *held = handle_hold(what)

/* Words and what they do, up to one without a word. */
struct word {
    const char *word;
    statement *run;
};
#define OWN(name)   \
    {               \
#name, name \
    }

extern const struct word words_of_control[], words_of_tasks[], words_of_callbacks[],
    words_of_limits[], words_of_several[], words_of_sharing[], words_of_meetings[],
    words_of_groups[], words_of_generators[], words_of_coroutines[];

#endif
