/* Runs that end by SystemExit or a cancellation, and errors during the shutdown. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

/* ---- exits --------------------------------------------------------------- */

static int exits(void *)
{
    ev("main");
    return co_raise(CO_EXIT, "3");
}

static int say_run(co_fn *main)
{
    int r = co_run(main, NULL);

    if (r < 0)
        ev("raised %s", py_repr(r).s);
    else
        ev("%c", r);
    return 0;
}

static int main_exits(void)
{
    say_run(exits);
    ev("end");
    return 0;
}

Test(run_exit, an_exit_of_main_counts_as_retrieved)
{
    expect_program(main_exits, "t=0 main\n"
                               "t=0 raised SystemExit(3)\n"
                               "t=0 end\n");
}

static void exit_5(co_callback *) { co_callback_raise(CO_EXIT, "5"); }

static int waits_for_it(void *)
{
    co_callback callback = { exit_5 };
    struct ev_callback after = EV("after it");

    co_call_soon(&callback);
    co_call_soon(&after.timer.callback);
    int r = attempt(co_sleep(1));
    if (r == UV_ECANCELED)
        ev("main cancelled");
    return r;
}

static int callback_exits(void) { return say_run(waits_for_it); }

Test(run_exit, a_callback_that_exits_ends_the_run)
{
    expect_program(callback_exits, "t=0 after it\n"
                                   "t=0 main cancelled\n"
                                   "t=0 raised SystemExit(5)\n");
}

static void exit_aloud(co_callback *self)
{
    ev("exits");
    exit_5(self);
}

static void stop(co_callback *) { co_stop(); }

static int exit_and_again(void)
{
    struct ev_callback before = EV("before"), rest = EV("rest"), new = EV("new");
    co_callback exit = { exit_aloud }, stops = { stop };

    co_call_soon(&before.timer.callback);
    co_call_soon(&exit);
    co_call_soon(&rest.timer.callback);
    co_call_soon(&stops);
    int r = co_run_forever();
    ev("%s", py_repr(r).s);
    co_call_soon(&new.timer.callback);
    await(co_run_forever());
    ev("end %d", (int)co_iteration());
    return co_close();
}

Test(run_exit, callbacks_left_by_an_exit_run_first_when_the_loop_runs_again)
{
    expect_program(exit_and_again, "t=0 before\n"
                                   "t=0 exits\n"
                                   "t=0 SystemExit(5)\n"
                                   "t=0 rest\n"
                                   "t=0 new\n"
                                   "t=0 end 2\n");
}

static int exit_6(co_exception_handler *, const co_exception_context *)
{
    return co_raise(CO_EXIT, "6");
}

static void bad(co_callback *) { co_callback_raise(CO_EVALUE, "x"); }

static int has_a_strict_handler(void *)
{
    static co_exception_handler handler;
    co_callback callback = { bad };

    handler = (co_exception_handler){ exit_6 };
    co_set_exception_handler(&handler);
    co_call_soon(&callback);
    return attempt(co_sleep(1));
}

static int handler_exits(void) { return say_run(has_a_strict_handler); }

Test(run_exit, a_handler_that_exits_ends_the_run)
{
    expect_program(handler_exits, "t=0 raised SystemExit(6)\n");
}

struct exits_in_cleanup {
};

static int exits_in_cleanup(void *)
{
    attempt(co_sleep(5));
    ev("bg exits");
    return co_raise(CO_EXIT, "7");
}

static int leaves_it(void *frame)
{
    *(co_task **)frame = co_keep(co_spawn(exits_in_cleanup));
    await(co_sleep(0.1));
    return 'r';
}

static int shutdown_exits(void)
{
    co_task *keep = NULL;
    int r = co_run_with(leaves_it, &keep, NULL);

    ev("raised %s", py_repr(r).s);
    co_drop(keep);
    return 0;
}

Test(run_exit, an_exit_in_the_shutdown_is_the_outcome_of_the_run)
{
    expect_program(shutdown_exits,
                   "t=0.1 bg exits\n"
                   "t=0.1 raised SystemExit(7)\n"
                   "LOG ERROR Task exception was never retrieved | SystemExit(7)\n");
}

struct exits_soon {
};

static int exits_soon(void *)
{
    await(co_sleep(0.1));
    return co_raise(CO_EXIT, "1");
}

static int swallows(void *frame)
{
    *(co_task **)frame = co_keep(co_spawn(exits_soon));
    if (attempt(co_sleep(1)) == UV_ECANCELED)
        ev("swallowed");
    await(co_sleep(0.5));
    ev("main ends");
    return 'r';
}

static int main_lives_on(void)
{
    co_task *keep = NULL;
    int r = co_run_with(swallows, &keep, NULL);

    ev("%s", py_repr(r).s);
    co_drop(keep);
    return 0;
}

Test(run_exit, a_main_that_survives_an_exit_is_awaited)
{
    expect_program(main_lives_on,
                   "t=0.1 swallowed\n"
                   "t=0.6 main ends\n"
                   "t=0.6 SystemExit(1)\n"
                   "LOG ERROR Task exception was never retrieved | SystemExit(1)\n");
}

static int fails_then(void *frame)
{
    *(co_task **)frame = co_keep(co_spawn(exits_soon));
    int r = attempt(co_sleep(1));

    return r == UV_ECANCELED ? co_raise(CO_EVALUE, "m") : r;
}

static int main_fails_then(void)
{
    co_task *keep = NULL;
    int r = co_run_with(fails_then, &keep, NULL);

    ev("%s", py_repr(r).s);
    co_drop(keep);
    return 0;
}

Test(run_exit, a_main_that_fails_after_an_exit_is_reported)
{
    expect_program(main_fails_then,
                   "LOG ERROR unhandled exception during asyncio.run() shutdown | "
                   "ValueError('m')\n"
                   "t=0.1 SystemExit(1)\n"
                   "LOG ERROR Task exception was never retrieved | SystemExit(1)\n");
}

/* ---- failures in the shutdown -------------------------------------------- */

struct fails_in_cleanup {
    const char *why;
};

static int fails_in_cleanup(void *frame)
{
    int r = attempt(co_sleep(5));

    return r == UV_ECANCELED
               ? co_raise(CO_EVALUE, "%s", ((struct fails_in_cleanup *)frame)->why)
               : r;
}

struct ends_in_peace {
};

static int ends_in_peace(void *)
{
    if (attempt(co_sleep(5)) == UV_ECANCELED)
        ev("swallowed");
    return 0;
}

static int leaves_two(void *)
{
    co_spawn(fails_in_cleanup, "A");
    co_spawn(ends_in_peace);
    await(co_sleep(0.1));
    ev("main ends");
    return 0;
}

static int unhandled_error(void)
{
    int r = co_run(leaves_two, NULL);

    ev("run over");
    return r;
}

Test(run_exit, an_error_in_the_shutdown_is_reported_when_all_have_ended)
{
    expect_program(unhandled_error,
                   "t=0.1 main ends\n"
                   "t=0.1 swallowed\n"
                   "LOG ERROR unhandled exception during asyncio.run() shutdown | "
                   "ValueError('A')\n"
                   "t=0.1 run over\n");
}

static int says_task(co_exception_handler *,
                     const co_exception_context *unhandled_error)
{
    ev("%s %s", unhandled_error->message,
       unhandled_error->task ? co_name(unhandled_error->task) : "?");
    return 0;
}

static int has_a_handler(void *)
{
    static co_exception_handler handler;

    handler = (co_exception_handler){ says_task };
    co_set_exception_handler(&handler);
    co_spawn_with((co_spawn_options){ .name = "bg" }, fails_in_cleanup, "A");
    return attempt(co_sleep(0.1));
}

Test(run_exit, a_handler_gets_an_error_in_the_shutdown)
{
    expect(has_a_handler,
           "t=0.1 unhandled exception during asyncio.run() shutdown bg\n");
}

static int fails_too(void *)
{
    co_spawn(fails_in_cleanup, "bg");
    await(co_sleep(0.1));
    return co_raise(CO_EVALUE, "main");
}

static int both_fail(void) { return say_run(fails_too); }

Test(run_exit, an_error_in_the_shutdown_does_not_replace_that_of_main)
{
    expect_program(both_fail,
                   "LOG ERROR unhandled exception during asyncio.run() shutdown | "
                   "ValueError('bg')\n"
                   "t=0.1 raised ValueError('main')\n");
}

/* ---- cancellations ------------------------------------------------------- */

struct cancels_main {
    co_task *main;
};

static int cancels_main(void *frame)
{
    await(co_sleep(0.1));
    co_cancel_with(((const struct cancels_main *)frame)->main, "child says so");
    return 0;
}

static int is_cancelled(void *)
{
    co_spawn(cancels_main, co_self());
    int r = attempt(co_sleep(1));
    ev("main cleans up");
    return r;
}

static int main_cancelled(void)
{
    int r = co_run(is_cancelled, NULL);

    ev("run %s", py_repr(r).s);
    return 0;
}

Test(run_exit, a_run_whose_main_is_cancelled_ends_with_the_message)
{
    expect_program(main_cancelled, "t=0.1 main cleans up\n"
                                   "t=0.1 run CancelledError('child says so')\n");
}
