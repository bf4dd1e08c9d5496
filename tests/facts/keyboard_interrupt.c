/* KeyboardInterrupt, which is UV_EINTR here, ends the loop as SystemExit does, whether
 * a task raises it, a callback, or the exception handler; and Ctrl-C ends a loop that
 * is run by hand. The lines are CPython's.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <signal.h>
#include <unistd.h>

#include "tests/support/expect.h"

struct raises {
    const char *why;
};

static int raises(void *frame)
{
    const struct raises *self = frame;

    return co_raise(UV_EINTR, "%s", self->why);
}

struct other {
};

static int other(void *)
{
    int r = attempt(co_sleep(1));

    line("%s", r == UV_ECANCELED ? "other cancelled" : "other done");
    return r;
}

static int sleep_as_main(void)
{
    int r = attempt(co_sleep(0.5));

    line("%s", r == UV_ECANCELED ? "main cancelled" : "main ends");
    return r;
}

static int say_run(co_fn *main)
{
    int r = co_run(main, NULL);

    ev("run %s", py_repr(r).s);
    return 0;
}

/* ---- raised in a run ----------------------------------------------------- */

static int task_main(void *)
{
    co_spawn(other);
    co_spawn(raises, "k");
    return sleep_as_main();
}

static int in_a_task(void) { return say_run(task_main); }

/* CPython reports it later, since the traceback of the error still holds the task. */
Test(keyboard_interrupt, of_a_task_ends_the_run)
{
    expect_program(in_a_task, "main cancelled\n"
                              "LOG ERROR Task exception was never retrieved | "
                              "KeyboardInterrupt('k')\n"
                              "other cancelled\n"
                              "t=0 run KeyboardInterrupt('k')\n");
}

static void interrupt(co_callback *) { co_callback_raise(UV_EINTR, "cb"); }

static int callback_main(void *)
{
    static co_callback callback;

    callback = (co_callback){ interrupt };
    co_call_soon(&callback);
    return sleep_as_main();
}

static int in_a_callback(void) { return say_run(callback_main); }

Test(keyboard_interrupt, of_a_callback_ends_the_run)
{
    expect_program(in_a_callback, "main cancelled\n"
                                  "t=0 run KeyboardInterrupt('cb')\n");
}

static int handle(co_exception_handler *, const co_exception_context *)
{
    line("handler");
    return co_raise(UV_EINTR, "h");
}

static void fail(co_callback *) { co_callback_raise(CO_EVALUE, "x"); }

static int handler_main(void *)
{
    static co_exception_handler handler;
    static co_callback callback;

    handler = (co_exception_handler){ handle };
    callback = (co_callback){ fail };
    co_set_exception_handler(&handler);
    co_call_soon(&callback);
    return sleep_as_main();
}

static int in_a_handler(void) { return say_run(handler_main); }

Test(keyboard_interrupt, of_an_exception_handler_ends_the_run)
{
    expect_program(in_a_handler, "handler\n"
                                 "main cancelled\n"
                                 "t=0 run KeyboardInterrupt('h')\n");
}

static int raising_main(void *) { return co_raise(UV_EINTR, "m"); }

static int in_main(void) { return say_run(raising_main); }

Test(keyboard_interrupt, of_main_is_that_of_the_run)
{
    expect_program(in_main, "t=0 run KeyboardInterrupt('m')\n");
}

static int joining_main(void *)
{
    int r = attempt(co_join(co_spawn(raises, "k")));

    line("%s", r == UV_ECANCELED ? "main cancelled" : "caught in main");
    return r;
}

static int awaited(void) { return say_run(joining_main); }

Test(keyboard_interrupt, does_not_reach_the_task_that_awaits_it)
{
    expect_program(awaited, "main cancelled\n"
                            "t=0 run KeyboardInterrupt('k')\n");
}

struct late {
};

static int late(void *)
{
    int r = attempt(co_sleep(10));

    return r < 0 ? co_raise(UV_EINTR, "late") : r;
}

static int leaves_late(void *)
{
    co_spawn(late);
    co_spawn(other);
    return attempt(co_sleep(0));
}

static int in_the_shutdown(void) { return say_run(leaves_late); }

Test(keyboard_interrupt, in_the_shutdown_is_that_of_the_run)
{
    expect_program(in_the_shutdown, "LOG ERROR Task was destroyed but it is pending!\n"
                                    "t=0 run KeyboardInterrupt('late')\n");
}

/* ---- by hand ------------------------------------------------------------- */

static int by_hand(void)
{
    co_task *bad = co_spawn(raises, "k"), *task = co_spawn(other);
    int r = co_run_until_complete(task);

    ev("hand %s %s %s", py_repr(r).s, py_bool(co_done(task)), py_bool(co_done(bad)));
    r = co_run_until_complete(task);
    ev("%s %s", py_repr(co_result(bad)).s, co_reason(bad));
    return co_close();
}

Test(keyboard_interrupt, comes_out_of_a_loop_run_by_hand_which_can_go_on)
{
    expect_program(by_hand, "t=0 hand KeyboardInterrupt('k') False True\n"
                            "other done\n"
                            "t=1 KeyboardInterrupt('k') k\n");
}

static void press(co_callback *) { kill(getpid(), SIGINT); }

static void call_interrupt(co_callback *) { co_interrupt(); }

static int ctrl_c_by_hand(void)
{
    co_task *task = co_spawn(other);
    co_timer first = { { press } }, second = { { press } };

    co_call_later(&first, 0.1);
    int r = co_run_until_complete(task);
    ev("hand %s %s", py_exception(r), py_bool(co_done(task)));
    r = co_run_until_complete(task);
    ev("%d", r);
    co_call_later(&second, 0.1);
    r = co_run_forever();
    ev("forever %s", py_exception(r));
    return co_close();
}

Test(keyboard_interrupt, is_what_ctrl_c_makes_of_a_loop_run_by_hand)
{
    expect_with((co_options){ .virtual_time = true, .catch_sigint = true }, NULL,
                ctrl_c_by_hand,
                "t=0.1 hand KeyboardInterrupt False\n"
                "other done\n"
                "t=1 0\n"
                "t=1.1 forever KeyboardInterrupt\n");
}

static int interrupt_by_hand(void)
{
    co_task *task = co_spawn(other);
    co_timer timer = { { call_interrupt } };

    co_call_later(&timer, 0.1);
    int r = co_run_until_complete(task);
    ev("hand %s %s", py_exception(r), py_bool(co_done(task)));
    co_interrupt();
    co_interrupt();
    r = co_run_until_complete(task);
    ev("again %s", py_exception(r));
    r = co_run_until_complete(task);
    ev("%d", r);
    return co_close();
}

Test(keyboard_interrupt, is_what_co_interrupt_makes_of_it)
{
    expect_program(interrupt_by_hand, "t=0.1 hand KeyboardInterrupt False\n"
                                      "t=0.1 again KeyboardInterrupt\n"
                                      "other done\n"
                                      "t=1 0\n");
}
