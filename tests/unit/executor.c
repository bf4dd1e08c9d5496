/* executor.h where no fact looks: the order of what threads queue, functions whose
 * result is not awaited, abandoned runs, and the virtual clock. Executors in asyncio
 * are in facts/executor.c.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

static void finish(co_executor **executor) { co_executor_finish(*executor); }

struct nothing {
};

static int nothing(void *) { return 0; }

struct naps {
    double seconds;
    const char *text; /* printed at the end; NULL: nothing */
};

static int naps(void *frame)
{
    const struct naps *self = frame;

    block_thread(self->seconds);
    if (self->text)
        line("%s", self->text);
    return 7;
}

/* ---- order --------------------------------------------------------------- */

struct calls {
    struct ev_callback *saying;
};

static int calls(void *frame)
{
    struct ev_callback *saying = ((const struct calls *)frame)->saying;

    return co_call_soon_threadsafe(co_get_loop(), &saying->timer.callback);
}

static int in_the_order_of_time(void *)
{
    struct ev_callback from_thread = EVI("from thread"), after = EVI("call_soon after");
    struct ev_callback done = EVI("done callback");
    co_future *future = co_execute(NULL, calls, &from_thread);

    co_on_done(future, &done.timer.callback);
    block_thread(0.1);
    co_call_soon(&after.timer.callback);
    evi("main");
    await(co_join(future));
    evi("main resumed");
    return 0;
}

Test(executor, callbacks_of_threads_run_in_the_order_of_queuing)
{
    expect_with((co_options){}, in_the_order_of_time, NULL,
                "i=1 main\n"
                "i=2 from thread\n"
                "i=2 call_soon after\n"
                "i=3 done callback\n"
                "i=3 main resumed\n");
}

static int takes_a_callback_back(void *)
{
    struct ev_callback never = EVI("never");

    await(co_thread(nothing));
    co_future *future = co_execute(NULL, calls, &never);
    block_thread(0.1);
    co_callback_cancel(&never.timer.callback);
    await(co_join(future));
    await(co_sleep(0.01));
    return 0;
}

Test(executor, a_callback_queued_by_a_thread_can_be_cancelled)
{
    expect_with((co_options){}, takes_a_callback_back, NULL, "");
}

struct calls_later {
    struct ev_callback *saying;
};

static int calls_later(void *frame)
{
    co_timer *timer = &((const struct calls_later *)frame)->saying->timer;

    block_thread(0.1);
    int r = co_call_later(timer, 0.2);
    if (r < 0)
        line("%s", co_why());
    return 0;
}

static int sets_a_timer(void *)
{
    struct ev_callback later = EV("later");

    co_execute(NULL, calls_later, &later);
    await(co_sleep(0.5));
    return 0;
}

Test(executor, a_thread_can_set_a_timer)
{
    expect_in_real_time(sets_a_timer, "t=0.3 later\n");
    expect_with((co_options){ .debug = true }, sets_a_timer, NULL,
                "Non-thread-safe operation invoked on an event loop other than the "
                "current one\n");
}

/* ---- errors, context variables ------------------------------------------- */

static co_contextvar variable = { "default" };

struct swaps {
    const char *value, *before;
};

static int swaps(void *frame)
{
    struct swaps *self = frame;

    self->before = co_contextvar_get(&variable);
    co_contextvar_set(&variable, self->value);
    return 0;
}

static int sets_in_threads(void *)
{
    finally(finish) co_executor *pool = co_executor_new(1);
    co_future *first = co_execute(pool, swaps, "first");
    co_future *second = co_execute(pool, swaps, "second");

    await(co_gather(first, second));
    line("%s %s", co_job_frame(swaps, first)->before,
         co_job_frame(swaps, second)->before);
    co_set_default_executor(pool);
    co_contextvar_set(&variable, "main");
    await(co_thread(swaps, "third"));
    co_future *fourth = co_execute(NULL, swaps, "fourth");
    await(co_join(fourth));
    line("%s %s", co_job_frame(swaps, fourth)->before,
         (const char *)co_contextvar_get(&variable));
    return 0;
}

Test(executor, a_thread_keeps_context_variables_except_those_of_to_thread)
{
    expect_with((co_options){}, sets_in_threads, NULL,
                "default first\n"
                "second main\n");
}

struct fails {
    int code;
};

static int fails(void *frame)
{
    const struct fails *self = frame;

    return self->code == UV_ENOENT ? self->code : co_raise(self->code, "in a thread");
}

static int meets_errors(void *)
{
    int r = attempt(co_thread(fails, CO_EVALUE));

    line("%s", py_repr(r).s);
    r = attempt(co_thread(fails, UV_ENOENT));
    line("%s", py_repr(r).s);
    co_future *cancels = co_execute(NULL, fails, UV_ECANCELED);
    r = attempt(co_join(cancels));
    line("%s %s", py_repr(r).s, py_bool(co_cancelled(cancels)));
    co_drop(co_execute(NULL, fails, CO_EVALUE));
    await(co_sleep(0.05));
    return 0;
}

Test(executor, an_error_comes_with_its_reason)
{
    expect_with((co_options){}, meets_errors, NULL,
                "ValueError('in a thread')\n"
                "KeyError()\n"
                "CancelledError('in a thread') False\n"
                "LOG ERROR Future exception was never retrieved | "
                "ValueError('in a thread')\n");
}

static int refused(void *)
{
    finally(finish) co_executor *pool = co_executor_new(1);

    co_executor_finish(pool);
    int r = attempt(co_join(co_execute(pool, nothing)));
    line("%s", py_repr(r).s);
    await(co_shutdown_default_executor());
    r = attempt(co_join(co_execute(NULL, nothing)));
    line("%s", py_repr(r).s);
    return 0;
}

Test(executor, that_is_finished_refuses_work)
{
    expect_with((co_options){}, refused, NULL,
                "RuntimeError('cannot schedule new futures after shutdown')\n"
                "RuntimeError('Executor shutdown has been called')\n");
}

/* ---- results that are not awaited ---------------------------------------- */

static int cancels_what_runs(void *)
{
    co_future *future = co_execute(NULL, naps, 0.2, "thread ends");

    await(co_sleep(0.1));
    line("%s", py_bool(co_cancel(future)));
    int r = attempt(co_join(future));
    line("%s", py_exception(r));
    return 0;
}

Test(executor, a_function_that_runs_is_not_stopped_by_a_cancellation)
{
    expect_with((co_options){}, cancels_what_runs, NULL,
                "True\n"
                "CancelledError\n"
                "thread ends\n");
}

static int leaves_work_to_a_pool(void *)
{
    co_executor *pool = co_executor_new(1);

    co_execute(pool, naps, 0.1, "first");
    co_keep(co_execute(pool, naps, 0.0, "second"));
    co_drop(co_execute(pool, naps, 0.0, "third"));
    return 0;
}

static int leaves_work(void)
{
    int r = co_run(leaves_work_to_a_pool, NULL);

    line("run over");
    return r;
}

Test(executor, a_pool_survives_the_run_and_ends_with_the_program)
{
    expect_with((co_options){}, NULL, leaves_work,
                "run over\n"
                "first\n"
                "second\n"
                "third\n");
}

struct shuts {
};

static int shuts(void *) { return co_shutdown_default_executor(); }

static int cancels_the_shutdown(void *)
{
    co_execute(NULL, naps, 0.3, "thread ends");
    co_task *task = co_spawn(shuts);
    await(co_sleep(0.1));
    co_cancel(task);
    int r = attempt(co_join(task));
    ev("%s", py_exception(r));
    return 0;
}

Test(executor, a_cancelled_shutdown_still_waits_for_the_threads)
{
    expect_in_real_time(cancels_the_shutdown, "thread ends\n"
                                              "t=0.3 CancelledError\n");
}

static int gives_up(void *)
{
    co_execute(NULL, naps, 0.1, "thread ends");
    co_interrupt();
    int r = attempt(co_sleep(10));
    co_interrupt();
    r = attempt(co_sleep(10));
    return r;
}

static int abandoned(void)
{
    int r = co_run(gives_up, NULL);

    line("%s", co_error_name(r));
    return 0;
}

Test(executor, an_abandoned_run_leaves_its_threads_to_end_by_themselves)
{
    expect_with((co_options){}, NULL, abandoned,
                "LOG ERROR Task was destroyed but it is pending!\n"
                "EABANDONED\n"
                "thread ends\n");
}

/* ---- the virtual clock --------------------------------------------------- */

static int sleeps_beside_a_thread(void *)
{
    co_future *future = co_execute(NULL, naps, 0.05, NULL);

    await(co_sleep(3));
    ev("%d", co_result(future));
    return 0;
}

Test(executor, the_virtual_clock_waits_for_threads)
{
    expect(sleeps_beside_a_thread, "t=3 7\n");
}
