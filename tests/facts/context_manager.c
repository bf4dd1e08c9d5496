/* Asynchronous context managers, exit stacks, and managers made of generators. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

/* The exception that is passed to exit(), as Python shows it. */
static struct py_text seen(int r)
{
    return r < 0 ? py_repr(r) : (struct py_text){ "None" };
}

struct slow_manager {
    co_context_manager manager;
    const char *name;
};

static int enter_slowly(co_context_manager *manager)
{
    await(co_sleep(0.1));
    ev("enter %s", co_container_of(manager, struct slow_manager, manager)->name);
    return 0;
}

static int exit_slowly(co_context_manager *manager, int r)
{
    await(co_sleep(0.1));
    ev("exit %s %s", co_container_of(manager, struct slow_manager, manager)->name,
       seen(r).s);
    return r;
}

static int two_names(const char *one, const char *other)
{
    ev("body %s %s", one, other);
    return 0;
}

static int acm_01(void *)
{
    struct slow_manager a = { { enter_slowly, exit_slowly }, "A" };
    struct slow_manager b = { { enter_slowly, exit_slowly }, "B" };

    await(co_with(&a.manager, co_with(&b.manager, two_names(a.name, b.name))));
    ev("after");
    return 0;
}

Test(context_manager, ACM_01_several_are_entered_in_order_and_left_in_reverse)
{
    expect(acm_01, "t=0.1 enter A\n"
                   "t=0.2 enter B\n"
                   "t=0.2 body A B\n"
                   "t=0.3 exit B None\n"
                   "t=0.4 exit A None\n"
                   "t=0.4 after\n");
}

static int exit_suppressing(co_context_manager *, int r)
{
    line("exit sees %s", seen(r).s);
    return 0;
}

static int exit_raising(co_context_manager *, int r)
{
    line("exit sees %s", seen(r).s);
    return co_raise(UV_ENOENT, "from exit");
}

static int exit_passing(co_context_manager *, int r)
{
    line("exit sees %s", seen(r).s);
    return r;
}

/* ValueError(1) has a number as its argument; here it is a text. */
static int acm_02(void *)
{
    co_context_manager suppresses = { .exit = exit_suppressing };
    await(co_with(&suppresses, co_raise(CO_EVALUE, "1")));
    line("suppressed");

    co_context_manager raises = { .exit = exit_raising };
    int r = attempt(co_with(&raises, co_raise(CO_EVALUE, "2")));
    const co_error *context = co_error_context(co_error_now());
    line("%s context %s('%s')", py_repr(r).s, py_exception(co_error_code(context)),
         co_error_reason(context));

    co_context_manager passes = { .exit = exit_passing };
    r = attempt(co_with(&passes, co_raise(CO_EVALUE, "3")));
    line("propagated %s", py_repr(r).s);
    return 0;
}

Test(context_manager, ACM_02_the_exit_may_suppress_an_error_or_replace_it)
{
    expect(acm_02, "exit sees ValueError('1')\n"
                   "suppressed\n"
                   "exit sees ValueError('2')\n"
                   "KeyError('from exit') context ValueError('2')\n"
                   "exit sees ValueError('3')\n"
                   "propagated ValueError('3')\n");
}

struct stacked {
    co_context_manager manager;
    const char *name;
    bool suppresses;
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
    return self->suppresses ? 0 : r;
}

static int acm_04(void *)
{
    struct stacked a = { { enter_stacked, exit_stacked }, "A", false };
    struct stacked b = { { enter_stacked, exit_stacked }, "B", true };
    co_exit_callback first, second;
    finally(co_exit_stack_close) co_exit_stack stack;

    co_exit_stack_init(&stack);
    await(co_exit_stack_enter(&stack, &a.manager));
    co_exit_stack_callback(&stack, &first, ev_task,
                           &(struct ev_task){ "async callback 1" });
    await(co_exit_stack_enter(&stack, &b.manager));
    co_exit_stack_callback(&stack, &second, ev_task,
                           &(struct ev_task){ "sync callback" });
    await(co_exit_stack_leave(&stack, co_raise(CO_EVALUE, "v")));
    ev("after: B suppressed it");
    return 0;
}

Test(context_manager, ACM_04_a_stack_of_them_is_left_from_the_top)
{
    expect(acm_04, "t=0 enter A\n"
                   "t=0 enter B\n"
                   "t=0 sync callback\n"
                   "t=0.1 exit B ValueError('v')\n"
                   "t=0.1 async callback 1\n"
                   "t=0.2 exit A None\n"
                   "t=0.2 after: B suppressed it\n");
}

struct managed {
    const char *name;
    bool swallow;
};

static void drop_error(co_error **error) { co_error_drop(*error); }

static int managed(void *frame)
{
    const struct managed *self = frame;

    ev("setup %s", self->name);
    await(co_sleep(0.1));
    int r = attempt(co_yield(self->name[0]));
    finally(drop_error) co_error *error = r < 0 ? co_error_keep(co_error_now()) : NULL;
    if (r == CO_EVALUE)
        ev("at yield %s", py_repr(r).s);
    await(co_sleep(0.1));
    ev("teardown %s", self->name);
    if (r == CO_EVALUE)
        return self->swallow ? 0 : co_error_raise(error);
    return r;
}

static int says_and_fails(int x)
{
    ev("body %c", x);
    return co_raise(CO_EVALUE, "v");
}

static int acm_05(void *)
{
    co_generator_context_manager a =
        co_asynccontextmanager(co_generate(managed, "A", true));
    int x = await(co_context_manager_enter(&a.manager));
    await(co_context_manager_leave(&a.manager, says_and_fails(x)));
    ev("swallowed");

    co_generator_context_manager b =
        co_asynccontextmanager(co_generate(managed, "B", false));
    int r = attempt(co_with(&b.manager, co_raise(CO_EVALUE, "w")));
    ev("propagated %s", py_repr(r).s);
    return 0;
}

Test(context_manager, ACM_05_a_generator_is_a_manager_around_its_yield)
{
    expect(acm_05, "t=0 setup A\n"
                   "t=0.1 body A\n"
                   "t=0.1 at yield ValueError('v')\n"
                   "t=0.2 teardown A\n"
                   "t=0.2 swallowed\n"
                   "t=0.2 setup B\n"
                   "t=0.3 at yield ValueError('w')\n"
                   "t=0.4 teardown B\n"
                   "t=0.4 propagated ValueError('w')\n");
}

struct yields_nothing {
};

static int yields_nothing(void *)
{
    ev("none runs");
    return await(co_sleep(0.1));
}

static void say_finally(const char **) { ev("two finally"); }

struct yields_twice {
};

static int yields_twice(void *)
{
    [[maybe_unused]] finally(say_finally) const char *text = "";

    await(co_yield(1));
    ev("goes on");
    await(co_yield(2));
    ev("never");
    return 0;
}

struct yields_again {
};

static int yields_again(void *)
{
    int r = attempt(co_yield(1));

    if (r != CO_EVALUE)
        return r;
    ev("again sees %s", py_repr(r).s);
    return attempt(co_yield(2));
}

static int says_body(void)
{
    ev("body 1");
    return 0;
}

static int acm_06(void *)
{
    co_generator_context_manager none =
        co_asynccontextmanager(co_generate(yields_nothing));
    co_generator_context_manager two =
        co_asynccontextmanager(co_generate(yields_twice));
    co_generator_context_manager again =
        co_asynccontextmanager(co_generate(yields_again));

    int r = attempt(co_with(&none.manager, says_body()));
    ev("%s", py_repr(r).s);
    r = attempt(co_with(&two.manager, says_body()));
    ev("%s", py_repr(r).s);
    r = attempt(co_with(&again.manager, co_raise(CO_EVALUE, "v")));
    const co_error *context = co_error_context(co_error_now());
    ev("%s context %s", py_repr(r).s, py_repr_error(context).s);
    await(co_sleep(0.1));
    ev("end");
    return 0;
}

/* Python uses other quotes for a text with an apostrophe. */
Test(context_manager, ACM_06_a_generator_has_to_yield_once)
{
    expect(acm_06, "t=0 none runs\n"
                   "t=0.1 RuntimeError('generator didn't yield')\n"
                   "t=0.1 body 1\n"
                   "t=0.1 goes on\n"
                   "t=0.1 two finally\n"
                   "t=0.1 RuntimeError('generator didn't stop')\n"
                   "t=0.1 again sees ValueError('v')\n"
                   "t=0.1 RuntimeError('generator didn't stop after athrow()') context "
                   "ValueError('v')\n"
                   "t=0.2 end\n");
}

static int exit_interrupted(co_context_manager *, int r)
{
    ev("closing...");
    int slept = attempt(co_sleep(0.5));
    ev(slept == UV_ECANCELED ? "close interrupted" : "closed");
    return slept < 0 ? slept : r;
}

static int body_done(void)
{
    ev("body done");
    return 0;
}

struct interrupted {
};

static int interrupted(void *)
{
    co_context_manager manager = { .exit = exit_interrupted };

    return await(co_with(&manager, body_done()));
}

static int acm_07(void *)
{
    co_task *task = co_spawn(interrupted);

    await(co_sleep(0.1));
    co_cancel(task);
    await(co_settle(task));
    ev("cancelled %s", py_bool(co_cancelled(task)));
    return 0;
}

Test(context_manager, ACM_07_a_cancellation_can_interrupt_the_exit)
{
    expect(acm_07, "t=0 body done\n"
                   "t=0 closing...\n"
                   "t=0.1 close interrupted\n"
                   "t=0.1 cancelled True\n");
}
