/* Asynchronous generators: every way to reach the end, calls after the end, and calls
 * while it runs.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

/* Print the outcome of a call. */
static void report(const char *what, int r)
{
    if (r >= 0)
        line("%s %d", what, r);
    else
        line("%s raised %s", what, r == CO_ESTOP ? py_exception(r) : py_repr(r).s);
}

static void say_line(const char **text) { line("%s", *text); }
#define finally_line(text) \
    [[maybe_unused]] finally(say_line) const char *finally_text_ = (text)

struct one_two {
};

static int one_two(void *)
{
    finally_line("fin");

    line("got %d", await(co_yield(1)));
    await(co_yield(2));
    return 0;
}

static int used_up(void *)
{
    co_generator *generator = co_generate(one_two);

    async_for(x, co_next(generator))
        line("%d", x);
    report("next", attempt(co_next(generator)));
    report("send", attempt(co_send(generator, 1)));
    report("throw", attempt(co_throw(generator, CO_EVALUE, "v")));
    report("close", attempt(co_generator_close(generator)));
    return 0;
}

Test(generator_exhausted, has_an_end)
{
    expect(used_up, "1\n"
                    "got 0\n"
                    "2\n"
                    "fin\n"
                    "next raised StopAsyncIteration\n"
                    "send raised StopAsyncIteration\n"
                    "throw 0\n"
                    "close 0\n");
}

static int not_started(void *)
{
    co_generator *generator = co_generate(one_two);
    report("throw", attempt(co_throw(generator, CO_EVALUE, "v")));
    report("next", attempt(co_next(generator)));
    report("throw", attempt(co_throw(generator, CO_EVALUE, "v")));

    generator = co_generate(one_two);
    report("close", attempt(co_generator_close(generator)));
    report("next", attempt(co_next(generator)));
    report("close", attempt(co_generator_close(generator)));

    generator = co_generate(one_two);
    report("send", attempt(co_send(generator, -1)));
    report("send", attempt(co_send(generator, 0)));
    report("throw", attempt(co_throw(generator, CO_ESTOP, "x")));
    line("context %s", co_error_reason(co_error_context(co_error_now())));
    report("throw", attempt(co_throw(generator, CO_ECLOSE, "x")));
    return 0;
}

Test(generator_exhausted, ends_before_it_starts_by_an_error_thrown_in)
{
    expect(not_started,
           "throw raised ValueError('v')\n"
           "next raised StopAsyncIteration\n"
           "throw 0\n"
           "close 0\n"
           "next raised StopAsyncIteration\n"
           "close 0\n"
           "send raised ValueError('what a generator is sent is from zero up')\n"
           "send 1\n"
           "fin\n"
           "throw raised RuntimeError('async generator raised StopAsyncIteration')\n"
           "context x\n"
           "throw 0\n");
}

struct slow {
};

static int slow(void *)
{
    await(co_sleep(1));
    return await(co_yield(1));
}

struct asks {
    co_generator *generator;
};

static int asks(void *frame)
{
    report("slow", attempt(co_next(((const struct asks *)frame)->generator)));
    return 0;
}

static int in_use(void *)
{
    co_generator *generator = co_generate(slow);
    co_task *task = co_spawn(asks, generator);

    await(co_sleep(0));
    report("next", attempt(co_next(generator)));
    report("send", attempt(co_send(generator, 1)));
    report("throw", attempt(co_throw(generator, CO_EVALUE, "v")));
    report("close", attempt(co_generator_close(generator)));
    return await(co_join(task));
}

#define RUNNING(what) \
    " raised RuntimeError('" what "(): asynchronous generator is already running')\n"

Test(generator_exhausted, refuses_calls_while_it_is_in_use)
{
    expect(in_use, "next" RUNNING("anext") "send" RUNNING("anext") "throw" RUNNING(
                       "athrow") "close" RUNNING("aclose") "slow 1\n");
}

struct ignores {
};

static int ignores(void *)
{
    int r = attempt(co_yield(1));
    if (r == CO_ECLOSE) {
        await(co_yield(2));
        line("after 2");
        await(co_yield(3));
    }
    return r;
}

static int ignoring(void *)
{
    co_generator *generator = co_generate(ignores);

    report("next", attempt(co_next(generator)));
    report("close", attempt(co_generator_close(generator)));
    report("next", attempt(co_next(generator)));
    report("close", attempt(co_generator_close(generator)));
    report("throw", attempt(co_throw(generator, CO_EVALUE, "v")));
    report("next", attempt(co_next(generator)));
    report("close", attempt(co_generator_close(generator)));

    generator = co_generate(ignores);
    report("next", attempt(co_next(generator)));
    report("close", attempt(co_generator_close(generator)));
    co_generator_drop(generator);
    line("dropped");
    return await(co_sleep(1));
}

Test(generator_exhausted, may_ignore_a_close)
{
    expect(ignoring,
           "next 1\n"
           "close raised RuntimeError('async generator ignored GeneratorExit')\n"
           "after 2\n"
           "next 3\n"
           "close raised StopAsyncIteration\n"
           "throw raised StopAsyncIteration\n"
           "next raised GeneratorExit()\n"
           "close 0\n"
           "next 1\n"
           "close raised RuntimeError('async generator ignored GeneratorExit')\n"
           "dropped\n");
}

static int yields_elsewhere(void *)
{
    report("yield", attempt(co_yield(1)));
    return 0;
}

Test(generator_exhausted, is_the_only_place_for_a_yield)
{
    expect(yields_elsewhere, "yield raised RuntimeError(''yield' outside of a "
                             "generator')\n");
}

/* A function the generator calls may yield for it. */
struct branch {
    int depth;
};

static int branch(void *frame)
{
    const struct branch *self = frame;

    if (self->depth > 0)
        await(co_call(branch, self->depth - 1));
    return await(co_yield(self->depth));
}

static int yields_through_calls(void *)
{
    co_generator *generator = co_generate(branch, 2);

    async_for(x, co_next(generator))
        line("%d", x);
    return 0;
}

Test(generator_exhausted, yields_from_the_functions_it_calls)
{
    expect(yields_through_calls, "0\n1\n2\n");
}
