/* concurrent.h: a task spawned from another thread, and its outcome there. More is in
 * facts/loop_threadsafe.c and executor.c here.
 */
#include <criterion/criterion.h>

#include "tests/support/expect.h"

struct spawns {
    double seconds, limit;
    bool cancels;
    int r;
    bool cancelled;
};

/* In a thread: the outcome of a sleeper that the loop runs. */
static int spawns(void *frame)
{
    struct spawns *self = frame;
    co_concurrent_future *future =
        co_spawn_threadsafe(co_get_loop(), sleeper, self->seconds, 7);

    if (self->cancels)
        self->cancelled = co_concurrent_future_cancel(future);
    self->r = co_concurrent_future_result(future, self->limit);
    co_concurrent_future_drop(future);
    return 0;
}

static int outcome(double seconds, double limit, bool cancels)
{
    co_future *job = co_execute(NULL, spawns, seconds, limit, cancels);

    await(co_join(job));
    const struct spawns *done = co_job_frame(spawns, job);
    line("%s %d", py_bool(done->cancelled), done->r < 0 ? 0 : done->r);
    line("%s", done->r < 0 ? py_exception(done->r) : "no error");
    return 0;
}

static int in_time(void *) { return outcome(0, CO_FOREVER, false); }

Test(concurrent, returns_the_result_of_the_task)
{
    expect(in_time, "False 7\n"
                    "no error\n");
}

static int late(void *) { return outcome(0.2, 0.01, false); }

Test(concurrent, stops_waiting_when_the_limit_has_passed)
{
    expect_in_real_time(late, "False 0\n"
                              "TimeoutError\n");
}

static int cancelled(void *) { return outcome(100, CO_FOREVER, true); }

Test(concurrent, is_cancelled_at_once)
{
    expect(cancelled, "True 0\n"
                      "CancelledError\n");
}

static co_loop *of_the_run;

static int notes_its_loop(void *)
{
    of_the_run = co_get_loop();
    return 0;
}

static int after_the_run(void)
{
    int r = co_run(notes_its_loop, NULL);

    co_concurrent_future *future = co_spawn_threadsafe(of_the_run, sleeper, 0, 7);
    line("%s", py_bool(co_concurrent_future_done(future)));
    line("%s", py_exception(co_concurrent_future_result(future, 0)));
    co_concurrent_future_drop(future);
    co_concurrent_future_drop(NULL);
    return r;
}

Test(concurrent, has_failed_when_the_run_is_over)
{
    expect_program(after_the_run, "True\n"
                                  "RuntimeError\n");
}

/* ---- the virtual clock --------------------------------------------------- */

static void drop_future(co_concurrent_future **future)
{
    co_concurrent_future_drop(*future);
}

struct sleeper_in_loop {
};

static int sleeper_in_loop(void *)
{
    await(co_sleep(1000));
    return 5;
}

struct asks {
};

static int asks(void *)
{
    finally(drop_future) co_concurrent_future *future =
        co_spawn_threadsafe(co_get_loop(), sleeper_in_loop);

    return co_concurrent_future_result(future, CO_FOREVER);
}

static int asks_the_loop(void *)
{
    ev("%d", await(co_thread(asks)));
    return 0;
}

Test(concurrent, the_virtual_clock_advances_while_a_thread_waits_for_the_loop)
{
    expect(asks_the_loop, "t=1000 5\n");
}

static co_future *never;

struct waits {
};

static int waits(void *) { return co_join(never); }

struct asks_for_ever {
};

static int asks_for_ever(void *)
{
    finally(drop_future) co_concurrent_future *future =
        co_spawn_threadsafe(co_get_loop(), waits);
    int r = co_concurrent_future_result(future, CO_FOREVER);

    line("%s", py_repr(r).s);
    return 0;
}

static int waits_for_each_other(void *)
{
    static co_future unset;

    co_future_init(never = &unset);
    return co_thread(asks_for_ever);
}

static int deadlocked(void)
{
    int r = co_run(waits_for_each_other, NULL);

    line("%s", co_error_name(r));
    return 0;
}

Test(concurrent, a_thread_and_the_loop_can_be_deadlocked)
{
    expect_program(deadlocked,
                   "t=0 DEADLOCK (nothing ready, no timer: the loop would block "
                   "forever)\n"
                   "CancelledError()\n"
                   "EDEADLK\n");
}
