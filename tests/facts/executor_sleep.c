/* time.sleep() in threads and in the thread of the loop, on the virtual clock. The
 * output is that of CPython in real time.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <math.h>

#include "tests/support/expect.h"

/* In a thread: sleep so often, and print the name and how often. */
struct naps {
    const char *name;
    int times;
    double seconds;
};

static int naps(void *frame)
{
    const struct naps *self = frame;

    for (int i = 0; i < self->times; i++) {
        await(co_block(self->seconds));
        ev("%s %d", self->name, i);
    }
    return self->times;
}

struct ticks {
    int times;
    double seconds;
};

static int ticks(void *frame)
{
    const struct ticks *self = frame;

    for (int i = 0; i < self->times; i++) {
        await(co_sleep(self->seconds));
        ev("tick %d", i);
    }
    return 0;
}

static void finish(co_executor **executor) { co_executor_finish(*executor); }

/* ---- cancelled and timed out --------------------------------------------- */

struct naps_in_thread {
    double seconds;
};

static int naps_in_thread(void *frame)
{
    return await(
        co_thread(naps, "thread", 2, ((const struct naps_in_thread *)frame)->seconds));
}

static int exec_03(void *)
{
    co_task *task = co_spawn(naps_in_thread, 0.2);

    await(co_sleep(0.1));
    co_cancel(task);
    if (attempt(co_join(task)) == UV_ECANCELED)
        ev("cancelled");
    await(co_sleep(0.2));
    ev("main ends");
    return 0;
}

static int exec_03_program(void)
{
    int r = co_run(exec_03, NULL);

    ev("run returned");
    return r;
}

Test(executor_sleep, EXEC_03_the_thread_of_a_cancelled_call_goes_on)
{
    expect_program(exec_03_program, "t=0.1 cancelled\n"
                                    "t=0.2 thread 0\n"
                                    "t=0.3 main ends\n"
                                    "t=0.4 thread 1\n"
                                    "t=0.4 run returned\n");
}

static int exec_11(void *)
{
    if (attempt(co_within(0.25, co_thread(naps, "thread", 1, 0.4))) == UV_ETIMEDOUT)
        ev("TimeoutError");
    ev("main ends");
    return 0;
}

static int exec_11_program(void)
{
    int r = co_run(exec_11, NULL);

    ev("run returned");
    return r;
}

Test(executor_sleep, EXEC_11_a_limit_does_not_wait_for_a_thread_that_sleeps)
{
    expect_program(exec_11_program, "t=0.25 TimeoutError\n"
                                    "t=0.25 main ends\n"
                                    "t=0.4 thread 0\n"
                                    "t=0.4 run returned\n");
}

Test(executor_sleep, EXEC_11_on_the_real_clock)
{
    expect_with((co_options){}, NULL, exec_11_program,
                "t=0.3 TimeoutError\n"
                "t=0.3 main ends\n"
                "t=0.4 thread 0\n"
                "t=0.4 run returned\n");
}

/* ---- in the order of time ------------------------------------------------ */

struct sleeps {
    const char *name;
    double seconds;
};

static int sleeps(void *frame)
{
    const struct sleeps *self = frame;

    await(co_sleep(self->seconds));
    ev("%s", self->name);
    return 0;
}

static int exec_12(void *)
{
    await(co_gather(
        co_execute(NULL, naps, "thread A", 1, 0.3), co_spawn(sleeps, "task B", 0.2),
        co_execute(NULL, naps, "thread C", 1, 0.1), co_spawn(sleeps, "task D", 0.4)));
    ev("main");
    return 0;
}

Test(executor_sleep, EXEC_12_threads_and_tasks_sleep_at_once)
{
    expect(exec_12, "t=0.1 thread C 0\n"
                    "t=0.2 task B\n"
                    "t=0.3 thread A 0\n"
                    "t=0.4 task D\n"
                    "t=0.4 main\n");
}

static int exec_13(void *)
{
    co_future *future = co_execute(NULL, naps, "thread", 3, 0.2);
    co_task *ticker = co_spawn(ticks, 2, 0.1);

    await(co_sleep(0.05));
    ev("blocks");
    await(co_block(0.4));
    ev("blocked");
    await(co_join(ticker));
    await(co_join(future));
    ev("main");
    return 0;
}

Test(executor_sleep, EXEC_13_a_sleep_in_a_task_blocks_the_loop_and_no_thread)
{
    expect(exec_13, "t=0.05 blocks\n"
                    "t=0.2 thread 0\n"
                    "t=0.4 thread 1\n"
                    "t=0.45 blocked\n"
                    "t=0.45 tick 0\n"
                    "t=0.55 tick 1\n"
                    "t=0.6 thread 2\n"
                    "t=0.6 main\n");
}

/* ---- a queue of functions ------------------------------------------------ */

struct job {
    co_executor *pool;
    const char *name;
    double seconds;
};

static int job(void *frame)
{
    const struct job *self = frame;

    await(co_join(co_execute(self->pool, naps, self->name, 1, self->seconds)));
    ev("got %s", self->name);
    return 0;
}

static int exec_14(void *)
{
    finally(finish) co_executor *pool = co_executor_new(2);
    co_task *ticker = co_spawn(ticks, 2, 0.25);

    await(co_gather(co_spawn(job, pool, "A", 0.2), co_spawn(job, pool, "B", 0.35),
                    co_spawn(job, pool, "C", 0.2), co_spawn(job, pool, "D", 0.2)));
    ev("all");
    return await(co_join(ticker));
}

Test(executor_sleep, EXEC_14_queued_functions_run_when_others_have_slept)
{
    expect(exec_14, "t=0.2 A 0\n"
                    "t=0.2 got A\n"
                    "t=0.25 tick 0\n"
                    "t=0.35 B 0\n"
                    "t=0.35 got B\n"
                    "t=0.4 C 0\n"
                    "t=0.4 got C\n"
                    "t=0.5 tick 1\n"
                    "t=0.55 D 0\n"
                    "t=0.55 got D\n"
                    "t=0.55 all\n");
}

/* ---- what a thread does after it ----------------------------------------- */

struct calls {
    struct ev_callback *first, *second;
};

static int calls(void *frame)
{
    const struct calls *self = frame;

    await(co_block(0.1));
    await(co_call_soon_threadsafe(co_get_loop(), &self->first->timer.callback));
    await(co_block(0.1));
    await(co_call_soon_threadsafe(co_get_loop(), &self->second->timer.callback));
    return 1;
}

static int exec_15(void *)
{
    static struct ev_callback first, second;

    first = EV("callback 1");
    second = EV("callback 2");
    ev("main %d", await(co_thread(calls, &first, &second)));
    return 0;
}

Test(executor_sleep, EXEC_15_a_thread_queues_callbacks_between_its_sleeps)
{
    expect(exec_15, "t=0.1 callback 1\n"
                    "t=0.2 callback 2\n"
                    "t=0.2 main 1\n");
}

static int exec_16(void *)
{
    finally(finish) co_executor *pool = co_executor_new(1);
    co_task *ticker = co_spawn(ticks, 1, 0.15);

    co_execute(pool, naps, "thread", 3, 0.1);
    await(co_sleep(0.05));
    co_executor_finish(pool);
    ev("shut down");
    return await(co_join(ticker));
}

Test(executor_sleep, EXEC_16_a_shutdown_blocks_the_loop_until_threads_have_slept)
{
    expect(exec_16, "t=0.1 thread 0\n"
                    "t=0.2 thread 1\n"
                    "t=0.3 thread 2\n"
                    "t=0.3 shut down\n"
                    "t=0.3 tick 0\n");
}

static void drop(co_concurrent_future **remote) { co_concurrent_future_drop(*remote); }

struct asks {
};

static int asks(void *)
{
    await(co_block(0.1));
    finally(drop) co_concurrent_future *future =
        co_spawn_threadsafe(co_get_loop(), sleeps, "job", 0.2);
    await(co_concurrent_future_result(future, CO_FOREVER));
    ev("thread goes on");
    await(co_block(0.1));
    ev("thread ends");
    return 0;
}

static int exec_17(void *)
{
    await(co_thread(asks));
    ev("main");
    return 0;
}

Test(executor_sleep, EXEC_17_a_thread_sleeps_before_and_after_it_waits_for_the_loop)
{
    expect(exec_17, "t=0.3 job\n"
                    "t=0.3 thread goes on\n"
                    "t=0.4 thread ends\n"
                    "t=0.4 main\n");
}

/* ---- outside of a run, and other lengths --------------------------------- */

static int blocks(void *)
{
    ev("main");
    await(co_block(0.2));
    ev("blocked");
    return 0;
}

static int exec_18(void)
{
    ev("start");
    await(co_block(0.3));
    ev("slept");
    await(co_run(blocks, NULL));
    await(co_block(0.1));
    ev("between");
    return 0;
}

Test(executor_sleep, EXEC_18_a_program_sleeps_outside_of_its_runs)
{
    expect_program(exec_18, "t=0 start\n"
                            "t=0.3 slept\n"
                            "t=0.3 main\n"
                            "t=0.5 blocked\n"
                            "t=0.6 between\n");
}

struct lengths {
};

static int lengths(void *)
{
    static const double seconds[] = { -1, NAN, INFINITY, 1e300, 0 };

    for (size_t i = 0; i < sizeof(seconds) / sizeof(*seconds); i++) {
        int r = co_block(seconds[i]);
        line("%s", r < 0 ? py_repr(r).s : "ok");
    }
    return 0;
}

static int exec_19(void *)
{
    await(lengths(NULL));
    return await(co_thread(lengths));
}

/* The third and the fourth are an OverflowError in CPython. */
#define REFUSED                                                         \
    "ValueError('sleep length must be non-negative')\n"                 \
    "ValueError('Invalid value NaN (not a number)')\n"                  \
    "ValueError('inf s: too far, the clock ends at 9223372036 s')\n"    \
    "ValueError('1e+300 s: too far, the clock ends at 9223372036 s')\n" \
    "ok\n"

Test(executor_sleep, EXEC_19_a_sleep_is_finite_and_not_negative)
{
    expect(exec_19, REFUSED REFUSED);
    expect_with((co_options){}, exec_19, NULL, REFUSED REFUSED);
}
