/* Ctrl-C in a run, as asyncio.run() handles it. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <signal.h>
#include <unistd.h>

#include "tests/support/expect.h"

/* A timer that presses Ctrl-C. */
static void press(co_callback *) { kill(getpid(), SIGINT); }

/* Static: it may outlive the main that sets it. */
static co_timer presses[3];

static void press_after(int i, double seconds)
{
    presses[i] = (co_timer){ { .run = press } };
    co_call_later(&presses[i], seconds);
}

static void expect_interrupted(int (*program)(void), const char *lines)
{
    expect_with((co_options){ .catch_sigint = true }, NULL, program, lines);
}

/* run(main), and print its outcome. */
static int run(co_fn *main)
{
    int r = co_run(main, NULL);

    if (r < 0)
        ev("%s from run()", py_exception(r));
    return 0;
}

static int sigint_01(void *)
{
    press_after(0, 0.2);
    int r = attempt(co_sleep(5));
    if (r == UV_ECANCELED) {
        ev("main: CancelledError, cancelling %u", co_cancelling(co_self()));
        await(co_sleep(0.2));
        ev("cleanup done");
    }
    return r;
}

static int sigint_01_program(void) { return run(sigint_01); }

Test(sigint, SIGINT_01_ctrl_c_cancels_main_and_ends_the_run)
{
    expect_interrupted(sigint_01_program, "t=0.2 main: CancelledError, cancelling 1\n"
                                          "t=0.4 cleanup done\n"
                                          "t=0.4 KeyboardInterrupt from run()\n");
}

static int sigint_02(void *)
{
    press_after(0, 0.1);
    int r = attempt(co_sleep(5));
    if (r == UV_ECANCELED)
        ev("swallowed");
    return 0;
}

static int sigint_02_program(void)
{
    int r = co_run(sigint_02, NULL);

    ev("%s", r == 0 ? "normal result" : py_exception(r));
    return 0;
}

Test(sigint, SIGINT_02_main_may_swallow_it)
{
    expect_interrupted(sigint_02_program, "t=0.1 swallowed\n"
                                          "t=0.1 normal result\n");
}

struct background {
};

static int background(void *)
{
    int r = attempt(co_sleep(5));

    if (r == UV_ECANCELED)
        ev("bg cancelled");
    return r;
}

static int sigint_04(void *)
{
    co_spawn(background);
    press_after(0, 0.1);
    int r = attempt(co_sleep(5));
    ev("main finally");
    await(co_sleep(0.2));
    ev("main over");
    return r;
}

static int sigint_04_program(void) { return run(sigint_04); }

Test(sigint, SIGINT_04_the_first_ctrl_c_cancels_main_alone)
{
    expect_interrupted(sigint_04_program, "t=0.1 main finally\n"
                                          "t=0.3 main over\n"
                                          "t=0.3 bg cancelled\n"
                                          "t=0.3 KeyboardInterrupt from run()\n");
}

static int sigint_05(void *)
{
    kill(getpid(), SIGINT);
    co_block(0.2);
    ev("still computing");
    int r = attempt(co_sleep(0));
    if (r == UV_ECANCELED)
        ev("CancelledError at the await");
    return r;
}

static int sigint_05_program(void) { return run(sigint_05); }

Test(sigint, SIGINT_05_while_main_computes_ctrl_c_is_only_recorded)
{
    expect_interrupted(sigint_05_program, "t=0.2 still computing\n"
                                          "t=0.2 CancelledError at the await\n"
                                          "t=0.2 KeyboardInterrupt from run()\n");
}

/* ---- beside the numbered facts ------------------------------------------- */

static int never_waits(void *)
{
    kill(getpid(), SIGINT);
    co_block(0.1);
    ev("cancelling %u", co_cancelling(co_self()));
    return 5;
}

static int never_waits_program(void) { return run(never_waits); }

Test(sigint, counts_even_if_main_never_waits)
{
    expect_interrupted(never_waits_program, "t=0.1 cancelling 1\n"
                                            "t=0.1 KeyboardInterrupt from run()\n");
}

static int is_cancelled_twice(void *)
{
    struct future_callback cancel = CANCEL(co_self());

    cancel.timer.callback.run = run_cancel_callback;
    co_call_later(&cancel.timer, 0.1);
    press_after(0, 0.2);
    int r = attempt(co_sleep(1));
    ev("first");
    r = attempt(co_sleep(1));
    ev("cancelling %u", co_cancelling(co_self()));
    return r;
}

static int is_cancelled_twice_program(void) { return run(is_cancelled_twice); }

Test(sigint, is_not_the_outcome_if_main_is_cancelled_otherwise_too)
{
    expect_interrupted(is_cancelled_twice_program, "t=0.1 first\n"
                                                   "t=0.2 cancelling 2\n"
                                                   "t=0.2 CancelledError from run()\n");
}

struct slow_background {
};

static int slow_background(void *)
{
    int r = attempt(co_sleep(5));

    ev("bg cancelled");
    await(co_sleep(0.1));
    ev("bg end");
    return r;
}

static int is_pressed_twice(void *)
{
    co_spawn(slow_background);
    press_after(0, 0.1);
    press_after(1, 0.2);
    int r = attempt(co_sleep(5));
    ev("main cancelled");
    r = attempt(co_sleep(0.5));
    ev("main again %s", py_repr(r).s);
    await(co_sleep(0.1));
    ev("cleaned");
    return r;
}

static int is_pressed_twice_program(void) { return run(is_pressed_twice); }

/* In CPython the order in which both are cancelled is that of a set. */
Test(sigint, a_second_time_cancels_all_remaining_tasks)
{
    expect_interrupted(is_pressed_twice_program,
                       "t=0.1 main cancelled\n"
                       "t=0.2 main again CancelledError()\n"
                       "t=0.2 bg cancelled\n"
                       "t=0.3 cleaned\n"
                       "t=0.3 bg end\n"
                       "t=0.3 KeyboardInterrupt from run()\n");
}

static void own_handler(int) {}

static int is_left_alone(void *)
{
    press_after(0, 0.1);
    await(co_sleep(0.2));
    ev("end");
    return 0;
}

static int is_left_alone_program(void)
{
    struct sigaction now;

    signal(SIGINT, own_handler);
    int r = run(is_left_alone);
    sigaction(SIGINT, NULL, &now);
    line("%s", py_bool(now.sa_handler == own_handler));
    return r;
}

Test(sigint, is_left_to_a_handler_that_was_installed_before)
{
    expect_interrupted(is_left_alone_program, "t=0.2 end\n"
                                              "True\n");
}

static int restores(void)
{
    struct sigaction now;

    run(sigint_02);
    sigaction(SIGINT, NULL, &now);
    line("%s", py_bool(now.sa_handler == SIG_DFL));
    return 0;
}

Test(sigint, has_its_earlier_action_again_after_the_run)
{
    expect_interrupted(restores, "t=0.1 swallowed\n"
                                 "True\n");
}

struct presses_in_thread {
};

static int presses_in_thread(void *)
{
    block_thread(0.1);
    kill(getpid(), SIGINT);
    block_thread(0.2);
    ev("thread ends");
    return 0;
}

static int waits_for_thread(void *)
{
    int r = attempt(co_thread(presses_in_thread));

    ev("main %s", py_exception(r));
    return r;
}

static int waits_for_thread_program(void) { return run(waits_for_thread); }

Test(sigint, reaches_main_and_not_the_thread_it_waits_for)
{
    expect_interrupted(waits_for_thread_program,
                       "t=0.1 main CancelledError\n"
                       "t=0.3 thread ends\n"
                       "t=0.3 KeyboardInterrupt from run()\n");
}
