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

/* In a thread: what comes of a sleeper that the loop runs. */
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
