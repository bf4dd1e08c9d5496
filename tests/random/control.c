/* Statements of one task alone: sleeping, control flow, and errors.
 */
#include <string.h>

#include "tests/random/scope.h"

/* An error that is being handled. */
struct handled {
    co_error *error;
    const struct handled *outer;
};

int run_block(struct scope *scope, const struct node *block)
{
    for (; block; block = block->next) {
        (*block->reached)++;
        int r = block->run(scope, block);
        if (r != 0)
            return r;
    }
    return 0;
}

int unit_run(struct world *world, const struct node *unit)
{
    struct scope scope = { .world = world };

    int r = attempt(run_block(&scope, unit->blocks[0]));
    return r == RETURNED ? scope.result : r;
}

/* ---- sleeping and control flow
 * ----------------------------------------------------------- */

STATEMENT(say)
{
    SAY("say %d", ARG(0));
    return 0;
}

STATEMENT(sleep_for)
{
    await(co_sleep(seconds(ARG(0))));
    return 0;
}

STATEMENT(busy)
{
    co_block(seconds(ARG(0)));
    return 0;
}

STATEMENT(repeat)
{
    for (int i = 0; i < ARG(0); i++) {
        int r = run_block(scope, node->blocks[0]);
        if (r != 0)
            return r == LEFT_LOOP ? 0 : r;
    }
    return 0;
}

STATEMENT(break_off) { return LEFT_LOOP; }

STATEMENT(leave)
{
    scope->result = ARG(0);
    return RETURNED;
}

STATEMENT(call)
{
    struct world *world = scope->world;

    SAY("call %d", await(unit_run(world, world->units[ARG(0)])));
    return 0;
}

/* ---- errors -------------------------------------------------------------- */

int code_of(enum kind kind)
{
    static const int codes[] = {
        [CANCELLED] = UV_ECANCELED, [VALUE] = CO_EVALUE, [RUNTIME] = CO_ERUNTIME,
        [TIMED_OUT] = UV_ETIMEDOUT, [GROUP] = CO_EGROUP, [BROKEN] = CO_EBROKEN,
    };

    return codes[kind];
}

static bool catches(enum kind kind, int code)
{
    return kind == ANYTHING    ? true
           : kind == EXCEPTION ? is_exception(co_error_now())
           : kind == GROUP     ? code == CO_EGROUP && is_exception(co_error_now())
           : kind == RUNTIME   ? code == CO_ERUNTIME || code == CO_EBROKEN
           : kind != 0         ? code == code_of(kind)
                               : false;
}

/* The kind of error, and its number; 0: none. */
STATEMENT(raise_error)
{
    int code = code_of((enum kind)ARG(0));

    return ARG(1) ? co_raise(code, "%d", ARG(1)) : co_raise(code, "%s", "");
}

static struct handled take_note(const struct handled *outer)
{
    return (struct handled){ co_error_keep(co_error_now()), outer };
}

static void finally_forget(struct handled *handled) { co_error_drop(handled->error); }

STATEMENT(raise_again) { return co_error_raise(scope->handled->error); }

static int handle_error(struct scope *scope, const struct node *handler)
{
    finally(finally_forget) struct handled error = take_note(scope->handled);

    scope->handled = &error;
    int r = run_block(scope, handler);
    scope->handled = error.outer;
    return r;
}

static int run_finally(struct scope *scope, const struct node *block, int r)
{
    finally(finally_forget) struct handled error = take_note(NULL);
    int result = scope->result;

    SAY("finally");
    int instead = run_block(scope, block);
    if (instead != 0)
        return instead;
    scope->result = result;
    return r < 0 ? co_error_raise(error.error) : r;
}

STATEMENT(try)
{
    int r = run_block(scope, node->blocks[0]);

    if (r < 0 && catches((enum kind)ARG(0), r)) {
        SAY("except %s", repr_error(r));
        r = handle_error(scope, node->blocks[1]);
    }
    return ARG(1) ? run_finally(scope, node->blocks[2], r) : r;
}

/* ---- the list ----------------------------------------------------------- */

const struct word statements_of_control[] = {
    OWN(say),
    { "sleep", sleep_for },
    OWN(busy),
    OWN(repeat),
    { "return", leave },
    { "break", break_off },
    OWN(call),
    { "raise", raise_error },
    OWN(raise_again),
    OWN(try),
    {},
};

static statement *look_up(const struct word *words, const char *word)
{
    for (; words->word; words++)
        if (strcmp(words->word, word) == 0)
            return words->run;
    return NULL;
}

statement *statement_named(const char *word)
{
    static const struct word *const all[] = {
        statements_of_control,
        statements_of_tasks,
        statements_of_callbacks,
        statements_of_timeouts,
        statements_of_compose,
        statements_of_locks_and_queues,
        statements_of_conditions_and_barriers,
        statements_of_groups,
        statements_of_generators,
        statements_of_coroutines,
    };

    for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
        if (look_up(all[i], word))
            return look_up(all[i], word);
    return NULL;
}
