/* Asynchronous context managers: which error is raised if the exit or the generator
 * meets an error of its own.
 */
#include <criterion/criterion.h>

#include "engine/co.h"
#include "tests/support/expect.h"

static int sees_to_an_error(void *)
{
    int r = co_raise(CO_EVALUE, "seen to");

    return r < 0 ? 0 : r;
}

static int fails(void) { return co_raise(CO_EVALUE, "the body's"); }

static int calls_back(void *)
{
    co_exit_stack stack;
    co_exit_callback callback;

    co_exit_stack_init(&stack);
    co_exit_stack_callback(&stack, &callback, sees_to_an_error, NULL);
    line("%s", py_repr(attempt(co_exit_stack_leave(&stack, fails()))).s);
    return 0;
}

Test(context_manager_errors, an_error_a_callback_suppressed_is_not_raised)
{
    expect(calls_back, "ValueError('the body's')\n");
}

struct at_its_end {
};

static int at_its_end(void *) { return 0; }

struct sees_to_the_end {
};

static int sees_to_the_end(void *)
{
    co_generator *ended = co_generate(at_its_end);
    int r = attempt(co_yield(1));

    return r < 0 ? attempt(co_next(ended)) : r;
}

static int comes_to_an_end(void)
{
    co_generator *ended = co_generate(at_its_end);

    return attempt(co_next(ended));
}

static int ends_twice(void *)
{
    co_generator_context_manager managing =
        co_asynccontextmanager(co_generate(sees_to_the_end));

    line("%s", py_repr(attempt(co_with(&managing.manager, comes_to_an_end()))).s);
    return 0;
}

Test(context_manager_errors, a_stop_raised_by_the_body_is_not_the_end_of_the_generator)
{
    expect(ends_twice, "RuntimeError('async generator raised StopAsyncIteration')\n");
}
