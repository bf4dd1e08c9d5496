/* context_manager.h: managers that fail or are left early, managers made of generators
 * that do not yield once, and exit stacks. What is printed is what CPython 3.11 prints.
 * More is in facts/context_manager.c.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

/* The exception that is passed to exit(), as Python shows it. */
static struct py_text seen(int r)
{
    return r < 0 ? py_repr(r) : (struct py_text){ "None" };
}

/* ---- generators that do not yield once ----------------------------------- */

static void say_after_a_wait(const char **)
{
    evi("two finally");
    if (attempt(co_sleep(0)) == 0)
        evi("two finally 2");
}

struct two {
};

static int two(void *)
{
    [[maybe_unused]] finally(say_after_a_wait) const char *text = "";
    int r = attempt(co_yield(1));

    if (r >= 0)
        r = attempt(co_yield(2));
    if (r >= 0)
        return 0;
    evi("two sees %s %s", py_repr(r).s, co_name(co_self()));
    return r;
}

struct stubborn {
};

static int stubborn(void *)
{
    int r = attempt(co_yield(1));

    if (r != CO_EVALUE)
        await(r);
    r = attempt(co_yield(2));
    evi("stubborn sees %s", py_repr(r).s);
    return r;
}

struct none {
};

static int none(void *) { return 0; }

struct swaps {
};

static int swaps(void *)
{
    return attempt(co_yield(1)) == CO_EVALUE ? co_raise(UV_ENOENT, "k") : 0;
}

struct fails_after {
};

static int fails_after(void *)
{
    await(co_yield(1));
    return co_raise(UV_ENOENT, "after");
}

struct passes {
};

static int passes(void *)
{
    await(co_yield(1));
    return 0;
}

static void report(const char *name, int r)
{
    struct py_text error = py_repr(r);
    const co_error *context = r < 0 ? co_error_context(co_error_now()) : NULL;

    if (r >= 0)
        evi("%s None", name);
    else if (!context)
        evi("%s %s None", name, error.s);
    else
        evi("%s %s %s('%s')", name, error.s, py_exception(co_error_code(context)),
            co_error_reason(context));
}

#define with_body(fn, body)                                          \
    ({                                                               \
        co_generator_context_manager of_generator_ =                 \
            co_asynccontextmanager(co_generate(fn));                 \
        report(#fn, attempt(co_with(&of_generator_.manager, body))); \
    })

static int body(void)
{
    evi("body");
    return 0;
}

static int misbehaving(void *)
{
    with_body(two, body());
    with_body(none, body());
    with_body(fails_after, body());
    with_body(two, co_raise(CO_EVALUE, "v"));
    with_body(stubborn, co_raise(CO_EVALUE, "v"));
    with_body(swaps, co_raise(CO_EVALUE, "v"));
    with_body(fails_after, co_raise(CO_EVALUE, "v"));
    with_body(passes, co_raise(CO_ESTOP, "v"));
    return 0;
}

Test(context_manager, ACM_06_a_generator_that_does_not_yield_once_is_closed)
{
    expect(misbehaving,
           "i=1 body\n"
           "i=1 two sees GeneratorExit() Task-1\n"
           "i=1 two finally\n"
           "i=2 two finally 2\n"
           "i=2 two RuntimeError('generator didn't stop') None\n"
           "i=2 none RuntimeError('generator didn't yield') "
           "StopAsyncIteration('no more items')\n"
           "i=2 body\n"
           "i=2 fails_after KeyError('after') None\n"
           "i=2 two sees ValueError('v') Task-1\n"
           "i=2 two finally\n"
           "i=3 two finally 2\n"
           "i=3 two ValueError('v') None\n"
           "i=3 stubborn sees GeneratorExit()\n"
           "i=3 stubborn RuntimeError('generator didn't stop after athrow()') "
           "ValueError('v')\n"
           "i=3 swaps KeyError('k') ValueError('v')\n"
           "i=3 fails_after ValueError('v') None\n"
           "i=3 passes StopAsyncIteration('v') None\n");
}

/* ---- exit stacks --------------------------------------------------------- */

struct bad_callback {
};

static int bad_callback(void *) { return co_raise(UV_ENOENT, "callback"); }

static int exit_pushed(co_context_manager *, int r)
{
    line("push sees %s", seen(r).s);
    return r;
}

static int left_with(co_exit_stack *stack, int r)
{
    co_context_manager pushed = { .exit = exit_pushed };
    co_exit_callback callback;

    co_exit_stack_push(stack, &pushed);
    co_exit_stack_callback(stack, &callback, bad_callback, NULL);
    return co_exit_stack_leave(stack, r);
}

static int stacks(void *)
{
    co_context_manager pushed = { .exit = exit_pushed };
    co_exit_stack stack, other;

    co_exit_stack_init(&stack);
    report("error", attempt(left_with(&stack, co_raise(CO_EVALUE, "v"))));
    report("none", attempt(left_with(&stack, 0)));

    co_exit_stack_push(&stack, &pushed);
    co_exit_stack_pop_all(&stack, &other);
    await(co_exit_stack_leave(&stack, 0));
    line("stack closed");
    await(co_exit_stack_leave(&other, 0));
    line("other closed");
    return await(co_exit_stack_leave(&other, 0));
}

Test(context_manager, stack_passes_on_the_error_each_manager_leaves)
{
    expect(stacks, "push sees KeyError('callback')\n"
                   "i=1 error KeyError('callback') ValueError('v')\n"
                   "push sees KeyError('callback')\n"
                   "i=1 none KeyError('callback') None\n"
                   "stack closed\n"
                   "push sees None\n"
                   "other closed\n");
}

struct stacked {
    co_context_manager manager;
    const char *name;
};

static int enter_stacked(co_context_manager *manager)
{
    ev("enter %s", co_container_of(manager, struct stacked, manager)->name);
    return 0;
}

static int exit_stacked(co_context_manager *manager, int r)
{
    const struct stacked *self = co_container_of(manager, struct stacked, manager);
    const struct py_text text = seen(r);

    await(co_sleep(0.1));
    ev("exit %s %s", self->name, text.s);
    return r;
}

struct leaves_early {
    bool nested;
};

/* Both the manager and the stack are left by an await. */
static int leaves_early(void *frame)
{
    const struct leaves_early *self = frame;
    struct stacked a = { .manager = { enter_stacked, exit_stacked }, .name = "A" };
    struct stacked b = { .manager = { enter_stacked, exit_stacked }, .name = "B" };
    finally(co_exit_stack_close) co_exit_stack stack;

    co_exit_stack_init(&stack);
    await(co_exit_stack_enter(&stack, &a.manager));
    if (self->nested)
        await(co_with(&b.manager, await(co_raise(CO_EVALUE, "within"))));
    await(co_raise(CO_EVALUE, "outside"));
    return 0;
}

static int left_early(void *)
{
    for (int nested = 0; nested < 2; nested++) {
        int r = attempt(co_call(leaves_early, nested));
        ev("%s", py_repr(r).s);
    }
    return 0;
}

Test(context_manager, is_exited_when_an_await_fails)
{
    expect(left_early, "t=0 enter A\n"
                       "t=0.1 exit A ValueError('outside')\n"
                       "t=0.1 ValueError('outside')\n"
                       "t=0.1 enter A\n"
                       "t=0.1 enter B\n"
                       "t=0.2 exit B ValueError('within')\n"
                       "t=0.3 exit A ValueError('within')\n"
                       "t=0.3 ValueError('within')\n");
}

static int enter_failing(co_context_manager *)
{
    return co_raise(CO_EVALUE, "closed today");
}

static int not_entered(void *)
{
    co_context_manager fails = { enter_failing, exit_pushed };
    struct stacked a = { .manager = { enter_stacked, exit_stacked }, .name = "A" };
    finally(co_exit_stack_close) co_exit_stack stack;

    line("%s", py_repr(attempt(co_with(&fails, body()))).s);
    co_exit_stack_init(&stack);
    await(co_exit_stack_enter(&stack, &a.manager));
    int r = attempt(co_exit_stack_enter(&stack, &fails));
    r = attempt(co_exit_stack_leave(&stack, r));
    line("%s", py_repr(r).s);
    return 0;
}

Test(context_manager, that_cannot_be_entered_is_not_exited)
{
    expect(not_entered, "ValueError('closed today')\n"
                        "t=0 enter A\n"
                        "t=0.1 exit A ValueError('closed today')\n"
                        "ValueError('closed today')\n");
}

/* Its exit waits, meets an error of its own, and passes on the error it was given. */
static int exit_busily(co_context_manager *, int r)
{
    int slept = attempt(co_within(0.1, co_sleep(1)));

    line("inside %s, outside %s", py_exception(slept), py_exception(r));
    return r;
}

static int keeps_the_reason(void *)
{
    co_context_manager busy = { .exit = exit_busily };

    int r = attempt(co_with(&busy, co_raise(CO_EVALUE, "why")));
    line("%s", py_repr(r).s);
    return 0;
}

Test(context_manager, passes_the_reason_on_though_its_exit_met_other_errors)
{
    expect(keeps_the_reason, "inside TimeoutError, outside ValueError\n"
                             "ValueError('why')\n");
}

static int exit_failing(co_context_manager *, int)
{
    return co_raise(UV_ENOENT, "from exit");
}

static int exit_swapping(co_context_manager *, int r)
{
    co_context_manager inner = { .exit = exit_failing };

    (void)r;
    return co_with(&inner, co_raise(CO_EVALUE, "inside"));
}

static int chained(void *)
{
    co_context_manager swaps = { .exit = exit_swapping };

    int r = attempt(co_with(&swaps, co_raise(CO_EVALUE, "outside")));
    line("%s", py_repr(r).s);
    for (const co_error *error = co_error_now(); (error = co_error_context(error));)
        line("over %s", co_error_reason(error));
    return 0;
}

Test(context_manager, adds_to_the_end_of_the_chain)
{
    expect(chained, "KeyError('from exit')\n"
                    "over inside\n"
                    "over outside\n");
}

/* ---- errors of exit() that no caller receives ---------------------------- */

struct exits_by_return {
    bool nested;
};

static int exits_by_return(void *frame)
{
    const struct exits_by_return *self = frame;
    co_context_manager fails = { .exit = exit_failing };
    finally(co_exit_stack_close) co_exit_stack stack;

    co_exit_stack_init(&stack);
    if (self->nested)
        co_exit_stack_push(&stack, &fails);
    else
        await(co_with(&fails, await(co_raise(CO_EVALUE, "body"))));
    await(co_raise(CO_EVALUE, "body"));
    return 0;
}

static int loses_errors_of_exit(void *)
{
    for (int nested = 0; nested < 2; nested++) {
        int r = attempt(co_call(exits_by_return, nested));
        line("%s", py_repr(r).s);
    }
    return 0;
}

Test(context_manager,
     left_by_an_await_the_error_of_its_exit_goes_to_the_exception_handler)
{
    expect(
        loses_errors_of_exit,
        "LOG ERROR a context manager was left by return, and the error of its exit "
        "reaches no caller | KeyError('from exit')\n"
        "ValueError('body')\n"
        "LOG ERROR an exit stack was left by return, and the error of an exit reaches "
        "no caller | KeyError('from exit')\n"
        "ValueError('body')\n");
}
