/* Futures: completed once, awaiters, callbacks, messages, and misuse. Futures that are
 * done already are in task_done.c.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "tests/support/expect.h"

static int fut_01(void *)
{
    co_future future, cancelled;

    co_future_init(&future);
    line("%s", py_bool(co_done(&future)));
    co_future_set(&future, 1);
    line("%s", py_exception(co_future_set(&future, 2)));
    line("%s", py_exception(co_future_fail(&future, CO_EVALUE, "too late")));

    int awaited = await(co_join(&future));
    line("%s %d %s %d", py_bool(co_done(&future)), co_result(&future),
         *co_reason(&future) ? co_reason(&future) : "None", awaited);

    co_future_init(&cancelled);
    co_cancel(&cancelled);
    line("%s on cancelled", py_exception(co_future_set(&cancelled, 1)));
    return 0;
}

Test(future, FUT_01_a_future_is_completed_once)
{
    expect(fut_01, "False\n"
                   "InvalidStateError\n"
                   "InvalidStateError\n"
                   "True 1 None 1\n"
                   "InvalidStateError on cancelled\n");
}

struct getter {
    co_future *future;
};

static int getter(void *frame)
{
    const struct getter *self = frame;
    int r = await(co_join(self->future));

    evi("waiter gets %c", r);
    return 0;
}

static int fut_02(void *)
{
    co_future future;
    struct ev_callback before = EVI("queued before set_result");
    struct ev_callback after = EVI("queued after set_result");

    co_future_init(&future);
    co_spawn(getter, &future);
    await(co_sleep(0));
    co_call_soon(&before.timer.callback);
    co_future_set(&future, 'R');
    co_call_soon(&after.timer.callback);
    evi("main after set_result");
    await(co_sleep(0));
    evi("main resumed");
    return 0;
}

Test(future, FUT_02_completing_a_future_queues_its_awaiters)
{
    expect(fut_02, "i=2 main after set_result\n"
                   "i=3 queued before set_result\n"
                   "i=3 waiter gets R\n"
                   "i=3 queued after set_result\n"
                   "i=3 main resumed\n");
}

static int fut_04(void *)
{
    co_future future;

    co_future_init(&future);
    co_future_fail(&future, CO_EVALUE, "v");
    for (int i = 0; i < 2; i++) {
        int r = attempt(co_join(&future));

        /* In Python it is the same object; here code and reason are the same. */
        line("caught %s %s", py_repr(r).s, py_bool(r == co_result(&future)));
    }
    return 0;
}

/* Without the exception class given instead of an instance, which only Python has. */
Test(future, FUT_04_every_awaiter_gets_the_error)
{
    expect(fut_04, "caught ValueError('v') True\n"
                   "caught ValueError('v') True\n");
}

struct sharer {
    char name;
    co_future *future;
};

static int sharer(void *frame)
{
    const struct sharer *self = frame;
    int r = attempt(co_join(self->future));

    if (r == UV_ECANCELED)
        ev("%c CancelledError, cancelling() = %u", self->name,
           co_cancelling(co_self()));
    else
        ev("%c ok", self->name);
    return 0;
}

static int fut_07(void *)
{
    co_future future;

    co_future_init(&future);
    co_task *a = co_spawn(sharer, 'A', &future);
    co_task *b = co_spawn(sharer, 'B', &future);
    await(co_sleep(0));
    co_cancel(a);
    ev("future cancelled: %s", py_bool(co_cancelled(&future)));
    await(co_settle(a, b));
    return 0;
}

Test(future, FUT_07_cancelling_one_awaiter_cancels_the_future_for_all)
{
    expect(fut_07, "t=0 future cancelled: True\n"
                   "t=0 A CancelledError, cancelling() = 1\n"
                   "t=0 B CancelledError, cancelling() = 0\n");
}

struct namer {
    char name;
    co_future *future;
};

static int namer(void *frame)
{
    const struct namer *self = frame;

    await(co_join(self->future));
    evi("%c", self->name);
    return 0;
}

static int fut_10(void *)
{
    co_future futures[3];
    co_task *tasks[3];

    for (int i = 0; i < 3; i++) {
        co_future_init(&futures[i]);
        tasks[i] = co_spawn(namer, (char)('A' + i), &futures[i]);
    }
    await(co_sleep(0));
    co_future_set(&futures[2], 0);
    co_future_set(&futures[0], 0);
    co_future_set(&futures[1], 0);
    await(co_settlev(tasks, 3));
    return 0;
}

Test(future, FUT_10_awaiters_continue_in_the_order_of_completion)
{
    expect(fut_10, "i=3 C\n"
                   "i=3 A\n"
                   "i=3 B\n");
}

static int fut_11(void *)
{
    co_future future;

    co_future_init(&future);
    co_cancel_with(&future, "msg");
    for (int i = 0; i < 2; i++) {
        int r = attempt(co_join(&future));
        line("%s ('%s',)", py_exception(r), co_why());
    }
    return 0;
}

/* result() and py_exception() are one function here. Joining a future that is done does
 * not suspend.
 */
Test(future, FUT_11_every_awaiter_gets_the_message_of_a_cancel)
{
    expect(fut_11, "CancelledError ('msg',)\n"
                   "CancelledError ('msg',)\n");
}

/* ---- tasks as futures ---------------------------------------------------- */

static void say_why(int r) { line("%s: %s", py_exception(r), co_why()); }

static int task_16(void *)
{
    co_task *task = co_spawn(sleeper, 0);

    say_why(co_future_set(task, 1));
    say_why(co_future_fail(task, CO_EVALUE, "v"));
    return attempt(co_join(task));
}

Test(future, TASK_16_only_its_coroutine_completes_a_task)
{
    expect(task_16, "RuntimeError: Task does not support set_result operation\n"
                    "RuntimeError: Task does not support set_exception operation\n");
}

struct selfish {
};

static int selfish(void *)
{
    int r = attempt(co_join(co_self()));

    evi("%s: %.*s", py_exception(r), (int)strcspn(co_why(), ":"), co_why());
    return 0;
}

static int task_17(void *)
{
    co_task *task = co_spawn(selfish);

    evi("main");
    await(co_join(task));
    evi("main end");
    return 0;
}

Test(future, TASK_17_a_task_cannot_await_itself)
{
    expect(task_17, "i=1 main\n"
                    "i=3 RuntimeError: Task cannot await on itself\n"
                    "i=4 main end\n");
}

static void f(co_callback *) { ev("f"); }

static void g(co_callback *) { ev("g"); }

static int task_22(void *)
{
    co_task *task = co_spawn(sleeper);
    co_callback callbacks[] = { { f }, { g }, { f }, { g }, { g } };

    for (int i = 0; i < 5; i++)
        co_on_done(task, &callbacks[i]);
    size_t first = co_off_done(task, f), again = co_off_done(task, f);
    ev("removed %zu %zu", first, again);
    await(co_join(task));
    return attempt(co_sleep(0));
}

Test(future, TASK_22_done_callbacks_are_removed_by_their_function)
{
    expect(task_22, "t=0 removed 2 0\n"
                    "t=0 g\n"
                    "t=0 g\n"
                    "t=0 g\n");
}

struct child {
};

static int child(void *) { return attempt(co_sleep(1)); }

static void cut_at(char *text, const char *mark)
{
    char *cut = strstr(text, mark);

    if (cut)
        *cut = '\0';
}

/* Without what the task waits for, and without its awaiters. */
static void say_repr(const co_task *task)
{
    char repr[256];

    co_repr(task, repr, sizeof(repr));
    cut_at(repr, " wait_for");
    cut_at(repr, " cb=");
    line("%s", repr);
}

static int task_27(void *)
{
    co_task *task = co_spawn_with((co_spawn_options){ .name = "c" }, child);

    say_repr(task);
    await(co_sleep(0));
    say_repr(task);
    co_cancel(task);
    say_repr(task);
    await(co_settle(task));
    say_repr(task);
    return 0;
}

/* Without the places where the coroutine runs and is defined, which the engine does not
 * know.
 */
Test(future, TASK_27_repr_shows_state_name_and_coroutine)
{
    expect(task_27, "<Task pending name='c' coro=<child() running>>\n"
                    "<Task pending name='c' coro=<child() running>\n"
                    "<Task cancelling name='c' coro=<child() running>\n"
                    "<Task cancelled name='c' coro=<child() done>>\n");
}

/* ---- another loop's ------------------------------------------------------ */

static co_future stray;

static int makes_it(void *)
{
    co_future_init(&stray);
    return 0;
}

static int awaits_it(void *)
{
    int r = attempt(co_join(&stray));
    const char *end = strstr(co_why(), "attached");

    line("%s: ... %s", py_exception(r), end ? end : co_why());
    return 0;
}

static int fut_09(void)
{
    await(co_run(makes_it, NULL));
    return co_run(awaits_it, NULL);
}

Test(future, FUT_09_a_future_of_another_loop_is_refused)
{
    expect_program(fut_09, "RuntimeError: ... attached to a different loop\n");
}

static int joins_itself(void *)
{
    evi("%d", attempt(co_join(co_self())) == CO_ERUNTIME);
    evi("%s", co_why());
    return 0;
}

Test(future, a_task_that_awaits_itself_is_refused_an_iteration_later)
{
    expect(joins_itself,
           "i=2 1\ni=2 Task cannot await on itself: "
           "<Task pending name='Task-1' coro=<main() running> cb=[callback()]>\n");
}

static int completes_a_task(void *)
{
    co_task *task = co_spawn(sleeper, 1, 0);
    co_future future;

    co_future_init(&future);
    cr_expect(eq(int, co_future_set(task, 1), CO_ERUNTIME));
    cr_expect(eq(int, co_future_fail(task, UV_EIO, "no"), CO_ERUNTIME));
    cr_expect(eq(int, co_future_set(&future, -1), CO_EVALUE));
    cr_expect(eq(int, co_future_fail(&future, 1, "no"), CO_EVALUE));
    cr_expect(not(co_done(task) || co_done(&future)));
    return 0;
}

Test(future, a_task_is_completed_by_its_coroutine_only)
{
    co_options options = { .virtual_time = true };

    cr_assert(zero(int, co_run(completes_a_task, &options)));
}
