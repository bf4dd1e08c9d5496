/* Statements that need nobody else: sleeping, errors, deadlines.
 */
#include <string.h>

#include "tests/random/scope.h"

/* An error that is being handled. */
struct handled {
    int code;
    char why[32];
    const struct handled *outer;
};

struct limit {
    co_timeout timeout;
    int label;
    const struct limit *outer;
};

int run_block(struct scope *scope, const struct node *block)
{
    for (; block; block = block->next) {
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
    return r == GONE ? scope.result : r;
}

/* ---- by itself ---------------------------------------------------------------- */

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
    co_busy(seconds(ARG(0)));
    return 0;
}

STATEMENT(repeat)
{
    for (int i = 0; i < ARG(0); i++) {
        int r = run_block(scope, node->blocks[0]);
        if (r != 0)
            return r;
    }
    return 0;
}

STATEMENT(leave)
{
    scope->result = ARG(0);
    return GONE;
}

STATEMENT(call)
{
    struct world *world = scope->world;

    SAY("call %d", await(unit_run(world, world->units[ARG(0)])));
    return 0;
}

/* ---- errors ------------------------------------------------------------------- */

enum kind { CANCELLED = 1, VALUE, RUNTIME, TIMED_OUT, EXCEPTION, ANYTHING };

static int code_of(enum kind kind)
{
    static const int codes[] = {
        [CANCELLED] = UV_ECANCELED,
        [VALUE] = CO_EVALUE,
        [RUNTIME] = CO_ERUNTIME,
        [TIMED_OUT] = UV_ETIMEDOUT,
    };

    return codes[kind];
}

static bool catches(enum kind kind, int code)
{
    return kind == ANYTHING    ? true
           : kind == EXCEPTION ? code != UV_ECANCELED
           : kind != 0         ? code == code_of(kind)
                               : false;
}

STATEMENT(raise_error)
{
    if (ARG(0) == CANCELLED)
        return co_raise(UV_ECANCELED, "%s", "");
    return co_raise(code_of((enum kind)ARG(0)), "%d", ARG(1));
}

static struct handled take_note(int code, const struct handled *outer)
{
    struct handled handled = { .code = code, .outer = outer };

    snprintf(handled.why, sizeof(handled.why), "%s", co_why());
    return handled;
}

STATEMENT(raise_again)
{
    return co_raise(scope->handled->code, "%s", scope->handled->why);
}

static int handle_error(struct scope *scope, const struct node *handler, int r)
{
    struct handled error = take_note(r, scope->handled);

    SAY("except %s", shown_error(r, error.why));
    scope->handled = &error;
    r = run_block(scope, handler);
    scope->handled = error.outer;
    return r;
}

static int run_finally(struct scope *scope, const struct node *block, int r)
{
    struct handled error = take_note(r, NULL);
    int result = scope->result;

    SAY("finally");
    int instead = run_block(scope, block);
    if (instead != 0)
        return instead;
    scope->result = result;
    return r < 0 ? co_raise(r, "%s", error.why) : r;
}

STATEMENT(try)
{
    int r = run_block(scope, node->blocks[0]);

    if (r < 0 && catches((enum kind)ARG(0), r))
        r = handle_error(scope, node->blocks[1], r);
    return ARG(1) ? run_finally(scope, node->blocks[2], r) : r;
}

/* ---- deadlines ---------------------------------------------------------------- */

static void finally_close(struct limit *limit) { co_timeout_close(&limit->timeout); }

STATEMENT(timeout)
{
    finally(finally_close) struct limit limit = {
        .label = ARG(0),
        .outer = scope->limits,
        .timeout = co_timeout_after(seconds(ARG(1))),
    };

    await(co_timeout_enter(&limit.timeout));
    scope->limits = &limit;
    int r = run_block(scope, node->blocks[0]);
    scope->limits = limit.outer;
    r = attempt(co_timeout_leave(&limit.timeout, r));
    if (r == 0)
        SAY("expired %s", yes(co_timeout_expired(&limit.timeout)));
    return r;
}

STATEMENT(expired)
{
    const struct limit *limit = scope->limits;

    while (limit->label != ARG(0))
        limit = limit->outer;
    SAY("expired %s", yes(co_timeout_expired(&limit->timeout)));
    return 0;
}

/* ---- the words ---------------------------------------------------------------- */

const struct word words_of_control[] = {
    OWN(say),
    { "sleep", sleep_for },
    OWN(busy),
    OWN(repeat),
    { "return", leave },
    OWN(call),
    { "raise", raise_error },
    OWN(raise_again),
    OWN(try),
    OWN(timeout),
    OWN(expired),
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
    const struct word *const all[] = { words_of_control, words_of_tasks,
                                       words_of_sharing };

    for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
        if (look_up(all[i], word))
            return look_up(all[i], word);
    return NULL;
}
