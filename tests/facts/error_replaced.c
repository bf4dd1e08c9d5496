/* Errors raised while another error is handled: contexts, reasons, and groups with a
 * GeneratorExit in them.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <stdlib.h>
#include <string.h>

#include "engine/co.h"
#include "tests/support/expect.h"

/* ---- very many ----------------------------------------------------------- */

enum { MANY = 3000 };

struct many {
    co_exit_stack stack;
    co_exit_callback callbacks[MANY];
};

static int fails(void *) { return co_raise(CO_EVALUE, "one more"); }

static int too_many_to_be_dropped_one_in_another(void *frame)
{
    struct many *many = frame;
    int r = attempt(co_exit_stack_leave(&many->stack, 0)), count = 0;

    for (const co_error *error = co_error_now(); error; error = co_error_context(error))
        count++;
    line("%s %d", py_exception(r), count);
    return 0;
}

static int with_many(void)
{
    static struct many many;

    co_exit_stack_init(&many.stack);
    for (size_t i = 0; i < MANY; i++)
        co_exit_stack_callback(&many.stack, &many.callbacks[i], fails, NULL);
    return attempt(co_run_with(too_many_to_be_dropped_one_in_another, &many, NULL));
}

Test(error_replaced, any_number_of_errors_can_be_raised_while_another_is_handled)
{
    expect_program(with_many, "ValueError 3000\n");
}

/* ---- in groups ----------------------------------------------------------- */

struct failing {
    int code;
};

static int failing(void *frame)
{
    return co_raise(((const struct failing *)frame)->code, "in a task");
}

static int spawn_failing(co_group *group)
{
    co_group_spawn(group, failing, CO_EVALUE);
    co_group_spawn(group, failing, UV_ENOENT);
    return 0;
}

static int exit_with_a_group(co_context_manager *, int)
{
    co_group group = {};

    return attempt(co_in_group(&group, spawn_failing(&group)));
}

static const char *context_of(const co_error *error)
{
    const co_error *context = error ? co_error_context(error) : NULL;

    return context ? co_error_reason(context) : "None";
}

static int part(void *)
{
    co_context_manager manager = { .exit = exit_with_a_group };
    co_error *taken;

    int r = attempt(co_with(&manager, co_raise(CO_EEMPTY, "first")));
    r = co_except(r, CO_EVALUE, &taken);
    line("%s: %s", py_exception(r), context_of(co_error_now()));
    line("%s", context_of(taken));
    co_error_drop(taken);
    return 0;
}

Test(error_replaced, the_parts_of_a_group_get_the_context_of_the_group)
{
    expect(part, "ExceptionGroup: first\n"
                 "first\n");
}

/* ---- on the way out of a function ---------------------------------------- */

static int exit_failing(co_context_manager *, int)
{
    return co_raise(CO_EEMPTY, "of exit()");
}

struct left_by_await {
};

static int left_by_await(void *)
{
    co_context_manager manager = { .exit = exit_failing };

    return attempt(co_with(&manager, await(co_raise(CO_EVALUE, "of the await"))));
}

struct left_with_a_stack {
};

static int left_with_a_stack(void *)
{
    co_context_manager manager = { .exit = exit_failing };
    finally(co_exit_stack_close) co_exit_stack stack;

    co_exit_stack_init(&stack);
    co_exit_stack_push(&stack, &manager);
    return await(co_raise(CO_EVALUE, "of the await"));
}

static int both_ways_out(void *)
{
    int r = attempt(co_join(co_spawn(left_by_await)));
    line("%s", py_repr(r).s);
    r = attempt(co_join(co_spawn(left_with_a_stack)));
    line("%s", py_repr(r).s);
    return 0;
}

Test(error_replaced, a_cleanup_that_fails_does_not_replace_the_reason)
{
    expect(
        both_ways_out,
        "LOG ERROR a context manager was left by return, and the error of its exit "
        "reaches no caller | QueueEmpty('of exit()')\n"
        "ValueError('of the await')\n"
        "LOG ERROR an exit stack was left by return, and the error of an exit reaches "
        "no caller | QueueEmpty('of exit()')\n"
        "ValueError('of the await')\n");
}

/* ---- groups that are no Exception ---------------------------------------- */

struct grouped {
};

static int spawn_and_yield(co_group *group)
{
    co_group_spawn(group, evi_task, "task");
    return attempt(co_yield(1));
}

static int grouped(void *)
{
    co_group group = {};

    return attempt(co_in_group(&group, spawn_and_yield(&group)));
}

struct closes {
    co_generator *generator;
};

static int closes(void *frame)
{
    const struct closes *self = frame;

    return attempt(co_generator_close(self->generator));
}

static int closed_in_a_group(void *)
{
    co_generator *generator = co_generate(grouped);
    char text[256];

    await(co_next(generator));
    co_task *task = co_spawn(closes, generator);
    int r = attempt(co_join(task));
    co_repr(task, text, sizeof(text));
    line("%s: %s", co_error_name(r), strstr(text, "exception="));
    return 0;
}

Test(error_replaced, a_group_with_the_end_of_a_generator_in_it_has_its_own_name)
{
    expect(closed_in_a_group,
           "i=2 task\n"
           "EGROUP: exception=BaseExceptionGroup('unhandled errors in a TaskGroup', "
           "[GeneratorExit()])>\n");
}

static int left_in_a_group(void *)
{
    co_generator *generator = co_generator_keep(co_generate(grouped));

    return attempt(co_next(generator)) < 0;
}

Test(error_replaced, a_generator_exit_in_a_group_is_not_reported)
{
    expect(left_in_a_group, "i=2 task\n");
}
