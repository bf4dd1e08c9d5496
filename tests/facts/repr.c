/* repr() of tasks, futures and what they wait for. Places in the source are left out,
 * and a callback that is no task has no name here.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

static void say_repr(const co_future *future)
{
    char repr[512];

    co_repr(future, repr, sizeof(repr));
    line("%s", repr);
}

static co_task *spawn_named(const char *name, co_fn *fn, const char *fn_name,
                            co_task *other)
{
    return co_spawn_copy((co_spawn_options){ .name = name }, fn, fn_name, &other,
                         sizeof(other));
}

static int child(void *) { return attempt(co_sleep(1)); }

static int parent(void *frame) { return attempt(co_join(*(co_task **)frame)); }

static void nothing(co_callback *) {}

static int waiting(void *)
{
    co_task *c = spawn_named("c", child, "child", NULL);
    co_task *p = spawn_named("p", parent, "parent", c);
    co_task *q = spawn_named("q", parent, "parent", c);
    static co_callback callback;

    callback = (co_callback){ nothing };
    say_repr(c);
    await(co_sleep(0));
    await(co_sleep(0));
    say_repr(c);
    say_repr(p);
    co_on_done(c, &callback);
    say_repr(c);
    co_cancel(p);
    say_repr(p);
    await(co_settle(p, q));
    say_repr(p);
    return 0;
}

#define C "name='c' coro=<child() running>"
#define WAKEUP "Task.task_wakeup()"

Test(repr, a_task_shows_what_it_waits_for_and_its_awaiters)
{
    expect(waiting, "<Task pending " C ">\n"
                    "<Task pending " C " wait_for=<Future pending cb=[" WAKEUP "]> "
                    "cb=[" WAKEUP ", " WAKEUP "]>\n"
                    "<Task pending name='p' coro=<parent() running> wait_for="
                    "<Task pending " C " wait_for=<Future pending cb=[" WAKEUP "]> "
                    "cb=[" WAKEUP ", " WAKEUP "]>>\n"
                    "<Task pending " C " wait_for=<Future pending cb=[" WAKEUP "]> "
                    "cb=[" WAKEUP ", <1 more>, callback()]>\n"
                    "<Task cancelling name='p' coro=<parent() running> wait_for="
                    "<Task cancelling " C " wait_for=<Future cancelled> "
                    "cb=[" WAKEUP ", <1 more>, callback()]>>\n"
                    "<Task cancelled name='p' coro=<parent() done>>\n");
}

static int joins(void *frame) { return attempt(co_join(**(co_task ***)frame)); }

static int circle(void *)
{
    static co_task *a, *b;

    a = spawn_named("A", joins, "a", (co_task *)&b);
    b = spawn_named("B", joins, "b", (co_task *)&a);
    await(co_sleep(0));
    say_repr(a);
    co_cancel(a);
    await(co_settle(a, b));
    return 0;
}

Test(repr, tasks_in_a_circle_are_shown_once)
{
    expect(circle, "<Task pending name='A' coro=<a() running> wait_for="
                   "<Task pending name='B' coro=<b() running> wait_for=... "
                   "cb=[" WAKEUP "]> cb=[" WAKEUP "]>\n");
}

static int fails(void *) { return co_raise(CO_EVALUE, "x"); }

static int quotes(void *) { return co_raise(CO_EVALUE, "it's"); }

static int returns(void *) { return 3; }

static int done(void *)
{
    co_task *tasks[] = { spawn_named("b", fails, "bad", NULL),
                         spawn_named("q", quotes, "quotes", NULL),
                         spawn_named("n", returns, "three", NULL) };

    await(co_settlev(tasks, 3));
    for (int i = 0; i < 3; i++)
        say_repr(tasks[i]);
    return 0;
}

Test(repr, a_task_that_is_done_shows_its_result_or_error)
{
    expect(done, "<Task finished name='b' coro=<bad() done> "
                 "exception=ValueError('x')>\n"
                 "<Task finished name='q' coro=<quotes() done> "
                 "exception=ValueError(\"it's\")>\n"
                 "<Task finished name='n' coro=<three() done> result=3>\n");
}

static int futures(void *)
{
    co_future f;

    co_future_init(&f);
    say_repr(&f);
    co_cancel(&f);
    say_repr(&f);
    co_future_init(&f);
    co_future_set(&f, 3);
    say_repr(&f);
    co_future_init(&f);
    co_future_fail(&f, CO_EVALUE, "v");
    say_repr(&f);
    co_future *gathering = co_gather_future(&f);
    say_repr(gathering);
    return attempt(co_join(gathering)) == CO_EVALUE ? 0 : CO_EVALUE;
}

Test(repr, futures_and_gathers_show_their_state)
{
    expect(futures, "<Future pending>\n"
                    "<Future cancelled>\n"
                    "<Future finished result=3>\n"
                    "<Future finished exception=ValueError('v')>\n"
                    "<_GatheringFuture pending>\n");
}
