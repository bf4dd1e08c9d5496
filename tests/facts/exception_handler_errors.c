/* The exception handler with callbacks that fail, handlers that fail, exit, or replace
 * themselves, and handlers after the run. Function names have no scope here.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

static void bad(co_callback *) { co_callback_raise(CO_EVALUE, "bad"); }

static void cb(co_callback *) { co_callback_raise(UV_ECANCELED, "c"); }

static int a_cancellation(void *)
{
    co_callback callback = { cb };

    co_call_soon(&callback);
    await(co_sleep(0));
    ev("on");
    return 0;
}

Test(exception_handler_errors, a_callback_that_raises_a_cancellation_has_failed)
{
    expect(a_cancellation,
           "LOG ERROR Exception in callback cb() | CancelledError('c')\n"
           "t=0 on\n");
}

static int between_others(void *)
{
    co_future future;
    struct ev_callback one = EVI("1"), three = EVI("3");
    co_callback two = { bad };

    co_future_init(&future);
    co_on_done(&future, &one.timer.callback);
    co_on_done(&future, &two);
    co_on_done(&future, &three.timer.callback);
    co_future_set(&future, 1);
    int r = await(co_join(&future));
    evi("%d", r);
    await(co_sleep(0));
    evi("end");
    return 0;
}

Test(exception_handler_errors,
     LOOP_12_a_done_callback_that_fails_does_not_keep_the_others)
{
    expect(between_others, "i=1 1\n"
                           "i=2 1\n"
                           "LOG ERROR Exception in callback bad() | ValueError('bad')\n"
                           "i=2 3\n"
                           "i=2 end\n");
}

static int in_a_timer(void *)
{
    co_timer timer = { { bad } };

    co_call_later(&timer, 0.1);
    await(co_sleep(0.2));
    ev("end");
    return 0;
}

Test(exception_handler_errors, LOOP_12_a_timer_can_fail)
{
    expect(in_a_timer, "LOG ERROR Exception in callback bad() | ValueError('bad')\n"
                       "t=0.2 end\n");
}

/* ---- handlers ------------------------------------------------------------ */

static int says_mine(co_exception_handler *, const co_exception_context *)
{
    ev("mine");
    return 0;
}

static int says_message(co_exception_handler *,
                        const co_exception_context *unhandled_error)
{
    ev("%s", unhandled_error->message ? unhandled_error->message : "None");
    return 0;
}

static int texts(void *)
{
    static co_exception_handler handler;
    co_error *error;

    co_raise(CO_EVALUE, "v");
    error = co_error_keep(co_error_now());
    co_call_exception_handler(
        &(co_exception_context){ .message = "m", .code = CO_EVALUE, .error = error });
    co_call_exception_handler(&(co_exception_context){ .message = "" });
    co_call_exception_handler(
        &(co_exception_context){ .code = CO_EVALUE, .error = error });
    handler = (co_exception_handler){ says_message };
    co_set_exception_handler(&handler);
    co_call_exception_handler(
        &(co_exception_context){ .message = "m", .code = CO_EVALUE, .error = error });
    co_call_exception_handler(&(co_exception_context){});
    co_error_drop(error);
    return 0;
}

Test(exception_handler_errors, a_context_without_a_message_has_the_default_one)
{
    expect(texts, "LOG ERROR m | ValueError('v')\n"
                  "LOG ERROR Unhandled exception in event loop\n"
                  "LOG ERROR Unhandled exception in event loop | ValueError('v')\n"
                  "t=0 m\n"
                  "t=0 None\n");
}

static int hands_on(co_exception_handler *, const co_exception_context *unhandled_error)
{
    ev("mine");
    co_default_exception_handler(unhandled_error);
    return 0;
}

static int replaces_itself(co_exception_handler *, const co_exception_context *)
{
    ev("mine");
    co_set_exception_handler(NULL);
    return 0;
}

/* A handler, and two unhandled errors for it. */
static int handled(int (*handle)(co_exception_handler *, const co_exception_context *))
{
    static co_exception_handler handler;
    co_callback callbacks[] = { { bad }, { bad } };

    handler = (co_exception_handler){ handle };
    co_set_exception_handler(&handler);
    for (int i = 0; i < 2; i++)
        co_call_soon(&callbacks[i]);
    return attempt(co_sleep(0));
}

static int handed_on(void *) { return handled(hands_on); }

Test(exception_handler_errors, a_handler_can_call_the_default_one)
{
    expect(handed_on, "t=0 mine\n"
                      "LOG ERROR Exception in callback bad() | ValueError('bad')\n"
                      "t=0 mine\n"
                      "LOG ERROR Exception in callback bad() | ValueError('bad')\n");
}

static int replaced(void *) { return handled(replaces_itself); }

Test(exception_handler_errors, a_handler_that_replaces_itself_is_called_once)
{
    expect(replaced, "t=0 mine\n"
                     "LOG ERROR Exception in callback bad() | ValueError('bad')\n");
}

static int breaks_down(co_exception_handler *, const co_exception_context *)
{
    return co_raise(CO_ERUNTIME, "broken");
}

static int in_a_task(void *)
{
    static co_exception_handler handler;
    int r = co_raise(CO_EVALUE, "mine");

    handler = (co_exception_handler){ breaks_down };
    co_set_exception_handler(&handler);
    co_call_exception_handler(&(co_exception_context){ .message = "m" });
    ev("%s", py_repr(r).s);
    return 0;
}

Test(exception_handler_errors,
     an_error_of_the_handler_is_not_that_of_the_task_it_is_called_in)
{
    expect(in_a_task, "LOG ERROR Unhandled error in exception handler | "
                      "RuntimeError('broken')\n"
                      "t=0 ValueError('mine')\n");
}

struct lost {
};

static int lost(void *) { return co_raise(CO_EVALUE, "lost"); }

static int says_future(co_exception_handler *,
                       const co_exception_context *unhandled_error)
{
    ev("%s %s", unhandled_error->message, co_name(unhandled_error->future));
    return 0;
}

static int never_retrieved(void *)
{
    static co_exception_handler handler;
    co_task *task = co_spawn_with((co_spawn_options){ .name = "T" }, lost);

    handler = (co_exception_handler){ says_future };
    co_set_exception_handler(&handler);
    await(co_sleep(0.1));
    co_drop(task);
    ev("end");
    return 0;
}

Test(exception_handler_errors, a_handler_gets_an_error_never_retrieved)
{
    expect(never_retrieved, "t=0.1 Task exception was never retrieved T\n"
                            "t=0.1 end\n");
}

static int kept(void *frame)
{
    static co_exception_handler handler;
    co_task **keep = frame;

    handler = (co_exception_handler){ says_future };
    co_set_exception_handler(&handler);
    *keep = co_keep(co_spawn_with((co_spawn_options){ .name = "T" }, lost));
    return attempt(co_sleep(0.1));
}

static int after_the_run(void)
{
    co_task *keep = NULL;
    int r = co_run_with(kept, &keep, NULL);

    ev("run over");
    co_drop(keep);
    ev("end");
    return r;
}

Test(exception_handler_errors, a_handler_is_there_when_its_run_is_over)
{
    expect_program(after_the_run, "t=0.1 run over\n"
                                  "t=0.1 Task exception was never retrieved T\n"
                                  "t=0.1 end\n");
}

static int sets_a_handler(void *)
{
    static co_exception_handler handler;

    handler = (co_exception_handler){ says_mine };
    co_set_exception_handler(&handler);
    return 0;
}

static int meets_an_error(void *)
{
    co_callback callback = { bad };

    co_call_soon(&callback);
    return attempt(co_sleep(0));
}

static int two_runs(void)
{
    await(co_run(sets_a_handler, NULL));
    return co_run(meets_an_error, NULL);
}

Test(exception_handler_errors, the_next_run_has_the_default_handler)
{
    expect_program(two_runs,
                   "LOG ERROR Exception in callback bad() | ValueError('bad')\n");
}

static int says_task(co_exception_handler *,
                     const co_exception_context *unhandled_error)
{
    line("%s %s", unhandled_error->message, co_name(unhandled_error->task));
    return 0;
}

static void spawn_late(char *)
{
    co_spawn_with((co_spawn_options){ .name = "late" }, sleeper, 1);
}

struct leaves_late {
};

static int leaves_late(void *)
{
    [[maybe_unused]] finally(spawn_late) char last = 0;

    return attempt(co_sleep(5));
}

static int abandons(void *)
{
    static co_exception_handler handler;

    handler = (co_exception_handler){ says_task };
    co_set_exception_handler(&handler);
    co_spawn(leaves_late);
    return attempt(co_sleep(0.1));
}

Test(exception_handler_errors, a_handler_gets_the_task_that_is_destroyed)
{
    expect(abandons, "Task was destroyed but it is pending! late\n");
}
