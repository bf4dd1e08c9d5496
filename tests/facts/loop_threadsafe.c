/* Other threads: thread-safe calls, coroutines run for a thread, and the order of the
 * shutdown.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

static void drop(co_concurrent_future **remote) { co_concurrent_future_drop(*remote); }

struct sleeps {
    double seconds;
};

static int sleeps(void *frame)
{
    int r = attempt(co_sleep(((const struct sleeps *)frame)->seconds));

    if (r == UV_ECANCELED)
        ev("job cancelled");
    return r;
}

struct asks {
};

static int asks(void *)
{
    finally(drop) co_concurrent_future *first =
        co_spawn_threadsafe(co_get_loop(), sleeps, 0.1);
    await(co_concurrent_future_result(first, 5));
    ev("thread got slept 0.1");

    finally(drop) co_concurrent_future *second =
        co_spawn_threadsafe(co_get_loop(), sleeps, 9);
    if (co_concurrent_future_result(second, 0.2) == UV_ETIMEDOUT) {
        ev("thread: TimeoutError, cancels");
        co_concurrent_future_cancel(second);
    }
    return 0;
}

static int exec_08(void *)
{
    await(co_thread(asks));
    await(co_sleep(0.1));
    return 0;
}

Test(loop_threadsafe, EXEC_08_a_thread_can_have_the_loop_run_a_coroutine)
{
    expect_in_real_time(exec_08, "t=0.1 thread got slept 0.1\n"
                                 "t=0.3 thread: TimeoutError, cancels\n"
                                 "t=0.3 job cancelled\n");
}

static int loop_25(void *)
{
    struct ev_callback a = EVI("A call_soon");
    struct ev_callback b = EVI("B threadsafe");
    struct ev_callback c = EVI("C call_soon");

    co_call_soon(&a.timer.callback);
    co_call_soon_threadsafe(co_get_loop(), &b.timer.callback);
    co_call_soon(&c.timer.callback);
    evi("main");
    await(co_sleep(0));
    evi("main resumed");
    return 0;
}

Test(loop_threadsafe, LOOP_25_a_threadsafe_callback_is_in_the_same_queue)
{
    expect(loop_25, "i=1 main\n"
                    "i=2 A call_soon\n"
                    "i=2 B threadsafe\n"
                    "i=2 C call_soon\n"
                    "i=2 main resumed\n");
}

struct calls_soon {
    struct ev_callback *saying;
};

static int calls_soon(void *frame)
{
    return co_call_soon(&((struct calls_soon *)frame)->saying->timer.callback);
}

static int debug_02(void *)
{
    int r = attempt(co_thread(calls_soon, &(struct ev_callback){}));

    if (r == CO_ERUNTIME)
        line("RuntimeError: %s", co_why());
    return 0;
}

Test(loop_threadsafe, DEBUG_02_in_debug_mode_call_soon_is_refused_in_a_thread)
{
    expect_with(
        (co_options){ .debug = true }, debug_02, NULL,
        "RuntimeError: Non-thread-safe operation invoked on an event loop other "
        "than the current one\n");
}

struct calls_later {
    struct ev_callback *saying;
};

/* The end of the thread would wake the loop, so it comes after everything else. */
static int calls_later(void *frame)
{
    block_thread(0.1);
    await(co_call_soon(&((struct calls_later *)frame)->saying->timer.callback));
    block_thread(0.6);
    return 0;
}

static int debug_04(void *)
{
    struct ev_callback saying = EV("callback queued at 0.1 from a thread");

    co_execute(NULL, calls_later, &saying);
    await(co_sleep(0.5));
    ev("main");
    await(co_sleep(0));
    return 0;
}

Test(loop_threadsafe, DEBUG_04_call_soon_in_a_thread_does_not_wake_the_loop)
{
    expect_in_real_time(debug_04, "t=0.5 callback queued at 0.1 from a thread\n"
                                  "t=0.5 main\n");
}

/* ---- tasks, generators and threads at the end of a run ------------------- */

static void say_line(const char **text) { line("%s", *text); }

struct yields {
};

static int yields(void *)
{
    [[maybe_unused]] finally(say_line) const char *closed = "2 generator closed";

    return await(co_yield(1));
}

struct background {
};

static int background(void *)
{
    [[maybe_unused]] finally(say_line) const char *cancelled = "1 task cancelled";

    return await(co_sleep(5));
}

struct slow_work {
};

static int slow_work(void *)
{
    block_thread(0.3);
    line("3 thread finished");
    return 0;
}

static int runner_04(void *frame)
{
    co_generator **keep = frame;

    *keep = co_generator_keep(co_generate(yields));
    await(co_next(*keep));
    co_execute(NULL, slow_work);
    co_spawn(background);
    await(co_sleep(0.1));
    line("0 main ends");
    return 0;
}

static int runner_04_program(void)
{
    co_generator *keep = NULL;
    int r = co_run_with(runner_04, &keep, NULL);

    line("4 run returned");
    co_generator_drop(keep);
    return r;
}

Test(loop_threadsafe, RUNNER_04_first_tasks_then_generators_then_threads)
{
    expect_with((co_options){}, NULL, runner_04_program,
                "0 main ends\n"
                "1 task cancelled\n"
                "2 generator closed\n"
                "3 thread finished\n"
                "4 run returned\n");
}
