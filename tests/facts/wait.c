/* wait: the three conditions, its timeout, errors of the tasks, and cancellation. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <string.h>

#include "tests/support/expect.h"

/* The names of the tasks that are done, or not done, as Python shows a list. */
static struct py_text names(co_task *const tasks[], size_t count, bool done)
{
    struct py_text list = { "[" };
    const char *between = "";

    for (size_t i = 0; i < count; i++) {
        if (co_done(tasks[i]) != done)
            continue;
        size_t used = strlen(list.s);
        snprintf(list.s + used, sizeof(list.s) - used, "%s'%s'", between,
                 co_name(tasks[i]));
        between = ", ";
    }
    strcat(list.s, "]");
    return list;
}

#define NAMED(name) \
    (co_spawn_options) { name }

/* Sleeps, and prints when it is done. */
struct job {
    const char *name;
    double seconds;
};

static int job(void *frame)
{
    const struct job *self = frame;

    await(co_sleep(self->seconds));
    ev("%s done", self->name);
    return 0;
}

static int wait_01(void *)
{
    co_task *const tasks[] = {
        co_spawn_with(NAMED("A"), sleeper, 0.2, 'A'),
        co_spawn_with(NAMED("B"), sleeper, 0.1, 'B'),
    };
    int done = await(co_waitv(tasks, 2, CO_ALL_COMPLETED, CO_FOREVER));

    ev("set ['%c', '%c'] %s", co_result(tasks[0]), co_result(tasks[1]),
       done == 2 ? "set()" : "and more");
    return 0;
}

/* Python returns sets; here the tasks keep the order of the arguments. */
Test(wait, WAIT_01_it_waits_until_all_are_done)
{
    expect(wait_01, "t=0.2 set ['A', 'B'] set()\n");
}

static int wait_02(void *)
{
    co_task *const tasks[] = {
        co_spawn_with(NAMED("A"), job, "A", 0.3),
        co_spawn_with(NAMED("B"), job, "B", 0.1),
        co_spawn_with(NAMED("C"), job, "C", 0.2),
    };

    await(co_waitv(tasks, 3, CO_FIRST_COMPLETED, CO_FOREVER));
    ev("done %s pending %s", names(tasks, 3, true).s, names(tasks, 3, false).s);
    await(co_sleep(0.5));
    return 0;
}

Test(wait, WAIT_02_the_first_that_is_done_ends_the_wait_and_the_others_continue)
{
    expect(wait_02, "t=0.1 B done\n"
                    "t=0.1 done ['B'] pending ['A', 'C']\n"
                    "t=0.2 C done\n"
                    "t=0.3 A done\n");
}

static int wait_04(void *)
{
    co_task *const tasks[] = {
        co_spawn_with(NAMED("A"), job, "A", 0.1),
        co_spawn_with(NAMED("B"), job, "B", 0.3),
    };

    await(co_waitv(tasks, 2, CO_ALL_COMPLETED, 0.2));
    ev("done %s pending %s", names(tasks, 2, true).s, names(tasks, 2, false).s);
    await(co_sleep(0.2));
    return 0;
}

Test(wait, WAIT_04_a_timeout_is_no_error_and_cancels_no_task)
{
    expect(wait_04, "t=0.1 A done\n"
                    "t=0.2 done ['A'] pending ['B']\n"
                    "t=0.3 B done\n");
}

struct bad {
};

static int bad(void *) { return co_raise(CO_EVALUE, "x"); }

static int wait_05(void *)
{
    co_task *task = co_spawn(bad);

    await(co_wait(CO_ALL_COMPLETED, CO_FOREVER, task));
    ev("wait returned normally");
    co_drop(task);
    ev("end");
    return 0;
}

Test(wait, WAIT_05_errors_of_the_tasks_are_not_raised)
{
    expect(wait_05, "t=0 wait returned normally\n"
                    "LOG ERROR Task exception was never retrieved | ValueError('x')\n"
                    "t=0 end\n");
}

static int wait_06(void *)
{
    co_task *task = co_spawn(sleeper);
    int r = attempt(co_waitv(NULL, 0, CO_ALL_COMPLETED, CO_FOREVER));

    line("%s: %s", py_exception(r), co_why());
    r = attempt(co_wait((co_when)7, CO_FOREVER, task));
    line("%s: %s", py_exception(r), co_why());
    return await(co_join(task));
}

/* Without two errors that do not compile: a coroutine, and a task that is not in a
 * list. The invalid return_when is a number in C.
 */
Test(wait, WAIT_06_it_refuses_an_empty_list_and_an_unknown_word)
{
    expect(wait_06, "ValueError: Set of Tasks/Futures is empty.\n"
                    "ValueError: Invalid return_when value: 7\n");
}

struct waiter {
    co_task *a, *b;
};

static int waiter(void *frame)
{
    const struct waiter *self = frame;

    return await(co_wait(CO_ALL_COMPLETED, CO_FOREVER, self->a, self->b));
}

static int wait_07(void *)
{
    co_task *a = co_spawn(job, "A", 0.3);
    co_task *b = co_spawn(job, "B", 0.3);
    co_task *task = co_spawn(waiter, a, b);

    await(co_sleep(0.1));
    co_cancel(task);
    if (attempt(co_join(task)) == UV_ECANCELED)
        ev("wait cancelled");
    await(co_sleep(0.3));
    return 0;
}

Test(wait, WAIT_07_cancelling_the_waiting_task_cancels_no_other)
{
    expect(wait_07, "t=0.1 wait cancelled\n"
                    "t=0.3 A done\n"
                    "t=0.3 B done\n");
}

static int wait_08(void *)
{
    co_task *task = co_spawn(evi_task, "job ends");

    await(co_wait(CO_ALL_COMPLETED, CO_FOREVER, task));
    evi("main resumed");
    await(co_wait(CO_ALL_COMPLETED, CO_FOREVER, task));
    evi("main resumed (task was already done)");
    await(co_wait(CO_FIRST_COMPLETED, 0, task));
    evi("main resumed (timeout=0)");
    return 0;
}

Test(wait, WAIT_08_it_takes_two_iterations_even_for_tasks_that_are_done)
{
    expect(wait_08, "i=2 job ends\n"
                    "i=4 main resumed\n"
                    "i=6 main resumed (task was already done)\n"
                    "i=8 main resumed (timeout=0)\n");
}

struct slow {
};

static int slow(void *)
{
    evi("slow starts");
    return await(co_sleep(1));
}

static int wait_10(void *)
{
    co_task *const tasks[] = {
        co_spawn_with(NAMED("quick"), evi_task, "quick runs"),
        co_spawn_with(NAMED("slow"), slow),
    };

    await(co_waitv(tasks, 2, CO_ALL_COMPLETED, 0));
    evi("done %s pending %s", names(tasks, 2, true).s, names(tasks, 2, false).s);
    co_cancel(tasks[1]);
    return 0;
}

Test(wait, WAIT_10_with_a_timeout_of_zero_each_task_has_one_turn)
{
    expect(wait_10, "i=2 quick runs\n"
                    "i=2 slow starts\n"
                    "i=3 done ['quick'] pending ['slow']\n");
}

static int wait_11(void *)
{
    co_task *task = co_spawn(sleeper, 0.1);
    int done = await(co_wait(CO_ALL_COMPLETED, CO_FOREVER, task, task, task));

    ev("%d %d", done, 1 - done);
    done = await(co_wait(CO_ALL_COMPLETED, CO_FOREVER, task, task));
    ev("%d %d", done, 1 - done);
    return 0;
}

/* Once more when it is done. */
Test(wait, WAIT_11_a_task_that_is_given_twice_counts_once)
{
    expect(wait_11, "t=0.1 1 0\n"
                    "t=0.1 1 0\n");
}

/* ---- beside the numbered facts ------------------------------------------- */

struct waits_with_limit {
    co_task *task;
};

static int waits_with_limit(void *frame)
{
    const struct waits_with_limit *self = frame;

    return await(co_wait(CO_ALL_COMPLETED, 1, self->task));
}

static int cancelled_in_time(void *)
{
    co_task *slow = co_spawn(sleeper, 3);
    co_task *task = co_spawn(waits_with_limit, slow);

    await(co_sleep(0.1));
    co_cancel(task);
    int r = attempt(co_join(task));
    ev("%s", py_exception(r));
    co_drop(task);
    await(co_join(slow));
    ev("end");
    return 0;
}

Test(wait, cancelled_it_removes_its_timer_and_its_callbacks)
{
    expect(cancelled_in_time, "t=0.1 CancelledError\n"
                              "t=3 end\n");
}

struct fails {
    double seconds;
};

static int fails(void *frame)
{
    await(co_sleep(((const struct fails *)frame)->seconds));
    return co_raise(CO_EVALUE, "f");
}

static int first_exception(void *)
{
    co_task *a = co_spawn_with(NAMED("a"), sleeper, 0.1);
    co_task *b = co_spawn_with(NAMED("b"), sleeper, 9);
    co_task *c = co_spawn_with(NAMED("c"), fails, 0.3);
    co_task *const tasks[] = { a, b, c, co_spawn_with(NAMED("d"), sleeper, 9) };
    struct future_callback cancel = CANCEL(b);

    co_call_later(&cancel.timer, 0.2);
    int done = await(co_waitv(tasks, 4, CO_FIRST_EXCEPTION, CO_FOREVER));
    ev("%d done: %s", done, names(tasks, 4, true).s);
    co_drop(c);

    /* The last one is not retrieved. */
    c = co_spawn(fails);
    await(co_wait(CO_FIRST_EXCEPTION, CO_FOREVER, c));
    co_drop(c);
    ev("end");
    return 0;
}

Test(wait, first_exception_does_not_return_for_a_result_or_a_cancellation)
{
    expect(first_exception,
           "t=0.3 3 done: ['a', 'b', 'c']\n"
           "LOG ERROR Task exception was never retrieved | ValueError('f')\n"
           "t=0.3 end\n");
}
