/* A run: its result or error, the tasks main leaves behind, and interrupts. Exits and
 * errors of the shutdown are in run_exit.c, leftovers after the run in run_leftovers.c.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "tests/support/expect.h"

static int forty_two(void *)
{
    await(co_sleep(0.1));
    return 42;
}

static int boom(void *) { return co_raise(CO_EVALUE, "boom"); }

static int just_r(void *) { return await(co_call(sleeper, 0, 'r')); }

static int loop_16(void)
{
    ev("%d", co_run(forty_two, NULL));

    /* In Python it is the same object; here code and reason are the same. */
    int r = co_run(boom, NULL);
    ev("raised %s %s", py_repr(r).s,
       py_bool(r == CO_EVALUE && strcmp(co_why(), "boom") == 0));
    ev("future: %c", co_run(just_r, NULL));
    return 0;
}

Test(run, LOOP_16_a_run_returns_the_result_or_the_error)
{
    expect_program(loop_16, "t=0.1 42\n"
                            "t=0.1 raised ValueError('boom') True\n"
                            "t=0.1 future: r\n");
}

struct background {
};

static int background(void *)
{
    await(co_sleep(0.1));
    ev("bg raises SystemExit");
    return co_raise(CO_EXIT, "4");
}

static int task_20(void *frame)
{
    co_task **keep = frame;

    *keep = co_keep(co_spawn(background));
    int r = attempt(co_sleep(1));
    if (r == UV_ECANCELED)
        ev("main cancelled");
    return r;
}

/* CPython frees the task last, so it is kept until then. */
static int task_20_program(void)
{
    co_task *keep = NULL;
    int r = co_run_with(task_20, &keep, NULL);

    ev("run raised %s", py_repr(r).s);
    co_drop(keep);
    return 0;
}

Test(run, TASK_20_an_exit_in_any_task_ends_the_run)
{
    expect_program(task_20_program,
                   "t=0.1 bg raises SystemExit\n"
                   "t=0.1 main cancelled\n"
                   "t=0.1 run raised SystemExit(4)\n"
                   "LOG ERROR Task exception was never retrieved | SystemExit(4)\n");
}

/* ---- exits beside the numbered facts ------------------------------------- */

struct exits_in_its_cleanup {
};

static int exits_in_its_cleanup(void *)
{
    if (attempt(co_sleep(9)) == UV_ECANCELED)
        return co_raise(CO_EXIT, "5");
    return 0;
}

static int leaves_one(void *frame)
{
    co_task **keep = frame;

    *keep = co_keep(co_spawn(exits_in_its_cleanup));
    return await(co_sleep(0));
}

static int tells_its_name(void *)
{
    ev("%s", co_name(co_self()));
    return 0;
}

static int exit_in_shutdown(void)
{
    co_task *keep = NULL;

    ev("run raised %s", py_repr(co_run_with(leaves_one, &keep, NULL)).s);
    if (keep)
        co_result(keep); /* or it would be logged, too */
    co_drop(keep);
    return co_run(tells_its_name, NULL);
}

Test(run, an_exit_during_the_shutdown_ends_it)
{
    expect_program(exit_in_shutdown, "t=0 run raised SystemExit(5)\n"
                                     "t=0 Task-3\n");
}

static int exits(void *) { return co_raise(CO_EXIT, "2"); }

static int exit_of_main(void)
{
    ev("run raised %s", py_repr(co_run(exits, NULL)).s);
    return 0;
}

Test(run, an_exit_of_main_is_not_logged)
{
    expect_program(exit_of_main, "t=0 run raised SystemExit(2)\n");
}

static int five(void *) { return 5; }

static int fails(void *) { return co_raise(CO_EVALUE, "v"); }

static int runner_01(void)
{
    line("%d", co_run(five, NULL));

    int r = co_run(fails, NULL);
    line("%s", py_repr(r).s);
    return 0;
}

/* Without the loop objects, which are not accessible here. */
Test(run, RUNNER_01_each_run_returns_or_raises_what_main_does)
{
    expect_program(runner_01, "5\n"
                              "ValueError('v')\n");
}

/* Cleans up for a while when it is cancelled. */
struct cleaner {
    char name;
    double cleanup;
};

static int cleaner(void *frame)
{
    const struct cleaner *self = frame;
    int r = attempt(co_sleep(5));

    await(co_sleep(self->cleanup));
    ev("%c cleaned up", self->name);
    return r;
}

static int runner_02(void *)
{
    co_spawn(cleaner, 'A', 0.3);
    co_spawn(cleaner, 'B', 0.1);
    await(co_sleep(0.1));
    ev("main returns");
    return 0;
}

static int runner_02_program(void)
{
    int r = co_run(runner_02, NULL);

    ev("run returned");
    return r;
}

Test(run, RUNNER_02_a_run_waits_for_the_cleanup_of_the_remaining_tasks)
{
    expect_program(runner_02_program, "t=0.1 main returns\n"
                                      "t=0.2 B cleaned up\n"
                                      "t=0.4 A cleaned up\n"
                                      "t=0.4 run returned\n");
}

struct cleans_badly {
    const char *name;
};

static int cleans_badly(void *frame)
{
    const struct cleans_badly *self = frame;
    int r = attempt(co_sleep(5));

    ev("%s cleanup", self->name);
    return r < 0 ? co_raise(CO_EVALUE, "%s", self->name) : r;
}

static int runner_03(void *)
{
    co_spawn(cleans_badly, "A");
    co_spawn(cleaner, 'F', 0.1);
    co_spawn(cleans_badly, "B");
    await(co_sleep(0.1));
    ev("main ends");
    return 7;
}

static int runner_03_fails(void *)
{
    co_spawn(cleans_badly, "C");
    await(co_sleep(0));
    return co_raise(UV_ENOENT, "main");
}

static int runner_03_program(void)
{
    int r = co_run(runner_03, NULL);

    ev("run returned %d", r);
    r = co_run(runner_03_fails, NULL);
    ev("run raised %s", py_repr(r).s);
    return 0;
}

Test(run, RUNNER_03_a_task_that_fails_in_the_shutdown_is_reported_when_all_have_ended)
{
    expect_program(runner_03_program,
                   "t=0.1 main ends\n"
                   "t=0.1 A cleanup\n"
                   "t=0.1 B cleanup\n"
                   "t=0.2 F cleaned up\n"
                   "LOG ERROR unhandled exception during asyncio.run() shutdown | "
                   "ValueError('A')\n"
                   "LOG ERROR unhandled exception during asyncio.run() shutdown | "
                   "ValueError('B')\n"
                   "t=0.2 run returned 7\n"
                   "t=0.2 C cleanup\n"
                   "LOG ERROR unhandled exception during asyncio.run() shutdown | "
                   "ValueError('C')\n"
                   "t=0.2 run raised KeyError('main')\n");
}

static int runner_08(void *)
{
    co_cancel(co_self());
    await(co_sleep(0));
    return 0;
}

static int runner_08_program(void)
{
    int r = co_run(runner_08, NULL);

    line("%s", py_exception(r));
    return 0;
}

/* Without the message of the cancellation, which has none here. */
Test(run, RUNNER_08_a_run_whose_main_is_cancelled_ends_cancelled)
{
    expect_program(runner_08_program, "CancelledError\n");
}

static int say_name(void *)
{
    line("%s", co_name(co_self()));
    return 0;
}

static int runner_09(void)
{
    for (int i = 0; i < 3; i++) {
        int r = co_run(say_name, NULL);

        if (r < 0)
            return r;
    }
    return 0;
}

Test(run, RUNNER_09_each_run_takes_two_more_numbers_for_its_end)
{
    expect_program(runner_09, "Task-1\n"
                              "Task-4\n"
                              "Task-7\n");
}

/* ---- after a run ----------------------------------------------------------- */

static int interrupts_itself(void *)
{
    co_interrupt();
    return attempt(co_sleep(1));
}

static int cancels_itself(void *)
{
    co_cancel(co_self());
    return attempt(co_sleep(1));
}

static int three_runs(void)
{
    cr_expect(eq(int, co_run(interrupts_itself, NULL), UV_EINTR));
    cr_expect(eq(int, co_run(cancels_itself, NULL), UV_ECANCELED));
    cr_expect(eq(int, co_run(interrupts_itself, NULL), UV_EINTR));
    return 0;
}

Test(run, interrupts_are_counted_by_the_run)
{
    cr_assert(zero(int, co_program(three_runs, &(co_options){ .virtual_time = true })));
}

static int finds_no_page(void *) { return co_raise(UV_ENOENT, "no such page"); }

static int asks_why(void)
{
    cr_expect(eq(int, co_run(finds_no_page, NULL), UV_ENOENT));
    cr_expect(eq(str, (char *)co_why(), "no such page"));
    return 0;
}

Test(run, the_reason_of_a_run_is_available_after_it)
{
    cr_assert(zero(int, co_program(asks_why, &(co_options){ .virtual_time = true })));
    cr_assert(eq(int, co_run(finds_no_page, &(co_options){ .virtual_time = true }),
                 UV_ENOENT));
    cr_assert(eq(str, (char *)co_why(), "no such page"));
}
