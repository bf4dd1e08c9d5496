/* Runners: several runs on one loop, what stays between them, and the shutdown after
 * the last.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

static int nothing(void *) { return 0; }

static int inside(void *)
{
    co_runner runner;

    co_runner_init(&runner);
    if (co_runner_run(&runner, nothing, NULL) < 0)
        ev("%s", co_why());
    if (co_runner_close(&runner, 0) < 0)
        ev("%s", co_why());
    if (co_runner_run(&runner, nothing, NULL) < 0)
        ev("%s", co_why());
    return co_runner_close(&runner, 0);
}

/* Without the warning: the shutdown here makes no coroutine before it fails. */
Test(runner, a_runner_neither_runs_nor_closes_inside_a_run)
{
    expect(inside, "t=0 Runner.run() cannot be called from a running event loop\n"
                   "t=0 Cannot run the event loop while another loop is running\n"
                   "t=0 Runner.run() cannot be called from a running event loop\n");
}

static int one(void *) { return 1; }

static int closed_again(void)
{
    co_runner runner;

    co_runner_init(&runner);
    ev("%d", co_runner_run(&runner, one, NULL));
    for (int i = 0; i < 3; i++)
        await(co_runner_close(&runner, 0));
    ev("closed");
    return 0;
}

Test(runner, a_runner_is_closed_once)
{
    expect_program(closed_again, "t=0 1\n"
                                 "t=0 closed\n");
}

static int ok(void *)
{
    ev("ok %s", co_name(co_self()));
    return 'r';
}

static int bad(void *)
{
    ev("bad %s", co_name(co_self()));
    return co_raise(CO_EVALUE, "v");
}

static int cancels(void *)
{
    co_cancel_with(co_self(), "c");
    return attempt(co_sleep(1));
}

static int outcomes(void)
{
    co_fn *const mains[] = { bad, ok, cancels, ok };
    co_runner runner;

    co_runner_init(&runner);
    for (int i = 0; i < 4; i++) {
        int r = co_runner_run(&runner, mains[i], NULL);
        if (r < 0)
            ev("%s", py_repr(r).s);
        else
            ev("%c", r);
    }
    return co_runner_close(&runner, 0);
}

Test(runner, a_runner_can_run_again_after_an_error)
{
    expect_program(outcomes, "t=0 bad Task-1\n"
                             "t=0 ValueError('v')\n"
                             "t=0 ok Task-2\n"
                             "t=0 r\n"
                             "t=0 CancelledError('c')\n"
                             "t=0 ok Task-4\n"
                             "t=0 r\n");
}

struct cleans_up {
    char name;
    double seconds;
};

static int cleans_up(void *frame)
{
    const struct cleans_up *self = frame;
    int r = attempt(co_sleep(5));

    await(co_sleep(self->seconds));
    ev("%c cleaned up", self->name);
    return r;
}

static int leaves(void *frame)
{
    const struct cleans_up *left = frame;

    co_spawn(cleans_up, left->name, left->seconds);
    await(co_sleep(0.1));
    ev("main %c", left->name);
    return 0;
}

static int leave_twice(co_runner *runner)
{
    struct cleans_up first = { 'A', 0.2 }, second = { 'B', 0.1 };

    await(co_runner_run(runner, leaves, &first));
    await(co_runner_run(runner, leaves, &second));
    ev("both over");
    return 0;
}

static int leftovers(void)
{
    co_runner runner;

    co_runner_init(&runner);
    await(co_runner_close(&runner, leave_twice(&runner)));
    ev("closed");
    return 0;
}

Test(runner, the_tasks_left_by_all_runs_end_in_one_shutdown)
{
    expect_program(leftovers, "t=0.1 main A\n"
                              "t=0.2 main B\n"
                              "t=0.2 both over\n"
                              "t=0.3 B cleaned up\n"
                              "t=0.4 A cleaned up\n"
                              "t=0.4 closed\n");
}

static int sleeps_a_bit(void *)
{
    await(co_sleep(0.1));
    ev("main");
    return 0;
}

static int late_timer(void)
{
    struct ev_callback timer = EV("timer"), soon = EV("soon");
    co_runner runner;

    co_runner_init(&runner);
    await(co_runner_run(&runner, sleeps_a_bit, NULL));
    co_call_later(&timer.timer, 0.3);
    co_call_soon(&soon.timer.callback);
    ev("between");
    co_block(0.5);
    await(co_runner_run(&runner, sleeps_a_bit, NULL));
    return co_runner_close(&runner, 0);
}

Test(runner, a_timer_set_between_the_runs_may_be_late)
{
    expect_program(late_timer, "t=0.1 main\n"
                               "t=0.1 between\n"
                               "t=0.6 soon\n"
                               "t=0.6 timer\n"
                               "t=0.7 main\n");
}

static int stops(void *)
{
    co_stop();
    await(co_sleep(1));
    ev("one goes on");
    return 0;
}

static int two(void *)
{
    await(co_sleep(2));
    ev("two");
    return 0;
}

static int stopped(void)
{
    co_runner runner;

    co_runner_init(&runner);
    if (co_runner_run(&runner, stops, NULL) == CO_ERUNTIME)
        ev("%s", co_why());
    return co_runner_close(&runner, co_runner_run(&runner, two, NULL));
}

Test(runner, a_main_that_was_stopped_continues_in_the_next_run)
{
    expect_program(stopped, "t=0 Event loop stopped before Future completed.\n"
                            "t=1 one goes on\n"
                            "t=2 two\n");
}

static co_contextvar variable = { "unset" };

static int sets(void *frame)
{
    ev("%s", (const char *)co_contextvar_get(&variable));
    co_contextvar_set(&variable, frame);
    return 0;
}

static int shared_context(void)
{
    char first[] = "one", second[] = "two";
    co_runner runner;

    co_contextvar_set(&variable, "outside");
    co_runner_init(&runner);
    co_contextvar_set(&variable, "inside");
    await(co_runner_run(&runner, sets, first));
    await(co_runner_run(&runner, sets, second));
    ev("%s", (const char *)co_contextvar_get(&variable));
    return co_runner_close(&runner, 0);
}

Test(runner, the_runs_share_the_variables_of_when_the_runner_was_made)
{
    expect_program(shared_context, "t=0 outside\n"
                                   "t=0 one\n"
                                   "t=0 inside\n");
}

static int makes_a_future(void *frame)
{
    struct future_callback *set = frame;

    co_future_init(set->future);
    co_call_later(&set->timer, 1);
    ev("one");
    return 0;
}

static int awaits_it(void *frame)
{
    int r = await(co_join(((struct future_callback *)frame)->future));

    ev("%s", r == 'l' ? "late" : "early");
    return 0;
}

static int shared_future(void)
{
    co_future future;
    struct future_callback set = SET(&future, 'l');
    co_runner runner;

    co_runner_init(&runner);
    await(co_runner_run(&runner, makes_a_future, &set));
    await(co_runner_run(&runner, awaits_it, &set));
    return co_runner_close(&runner, 0);
}

Test(runner, a_future_of_one_run_can_be_awaited_in_the_next)
{
    expect_program(shared_future, "t=0 one\n"
                                  "t=1 late\n");
}

static int says_name(void *)
{
    ev("%s", co_name(co_self()));
    return 0;
}

static int numbers(void)
{
    co_runner runner;

    co_runner_init(&runner);
    for (int i = 0; i < 2; i++)
        await(co_runner_run(&runner, says_name, NULL));
    await(co_runner_close(&runner, 0));
    for (int i = 0; i < 2; i++)
        await(co_run(says_name, NULL));
    return 0;
}

Test(runner, only_the_shutdown_of_a_runner_takes_numbers)
{
    expect_program(numbers, "t=0 Task-1\n"
                            "t=0 Task-2\n"
                            "t=0 Task-5\n"
                            "t=0 Task-8\n");
}
