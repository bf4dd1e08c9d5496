/* The loop run by hand: run_until_complete, run_forever, stop, and runners. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/expect.h"

static int loop_17(void)
{
    co_future future;
    struct ev_callback queued = EV("queued callback");

    co_future_init(&future);
    co_future_set(&future, 'd');
    co_call_soon(&queued.timer.callback);
    int r = co_run_until_complete(&future);
    ev("result %s", r == 'd' ? "done" : py_exception(r));
    ev("iterations %d", (int)co_iteration());
    return co_close();
}

Test(loop_by_hand, LOOP_17_run_until_a_future_that_is_done_takes_one_iteration)
{
    expect_program(loop_17, "t=0 queued callback\n"
                            "t=0 result done\n"
                            "t=0 iterations 1\n");
}

/* A callback that stops the loop, and then queues another one. */
struct stopper {
    struct ev_callback saying, then;
};

static void stop_and_call(co_callback *self)
{
    struct stopper *stopper =
        co_container_of(self, struct stopper, saying.timer.callback);

    run_ev_callback(self);
    co_stop();
    if (stopper->then.text)
        co_call_soon(&stopper->then.timer.callback);
}

static int loop_19(void)
{
    struct stopper a = { { { { stop_and_call } }, "a" },
                         EV("scheduled by a after stop()") };
    struct ev_callback b = EV("b (queued before the stop)");

    co_call_soon(&a.saying.timer.callback);
    co_call_soon(&b.timer.callback);
    await(co_run_forever());
    ev("stopped");
    co_stop();
    await(co_run_forever());
    ev("stopped again");
    return co_close();
}

Test(loop_by_hand, LOOP_19_stop_lets_the_iteration_finish_and_keeps_the_rest)
{
    expect_program(loop_19, "t=0 a\n"
                            "t=0 b (queued before the stop)\n"
                            "t=0 stopped\n"
                            "t=0 scheduled by a after stop()\n"
                            "t=0 stopped again\n");
}

static void stop(co_callback *) { co_stop(); }

struct naps {
};

static int naps(void *)
{
    ev("main start");
    await(co_sleep(0.2));
    ev("main end");
    return 1;
}

static int loop_20(void)
{
    co_task *task = co_spawn(naps);
    co_timer timer = { { stop } };

    co_call_later(&timer, 0.1);
    int r = co_run_until_complete(task);
    if (r == CO_ERUNTIME)
        ev("RuntimeError: %s | task done: %s", co_why(), py_bool(co_done(task)));
    r = co_run_until_complete(task);
    ev("%s", r == 1 ? "ok" : py_exception(r));
    return co_close();
}

Test(loop_by_hand, LOOP_20_a_task_pending_at_a_stop_continues_when_the_loop_runs_again)
{
    expect_program(loop_20, "t=0 main start\n"
                            "t=0.1 RuntimeError: Event loop stopped before Future "
                            "completed. | task done: False\n"
                            "t=0.2 main end\n"
                            "t=0.2 ok\n");
}

static void say_why(int r) { line("%s: %s", py_exception(r), co_why()); }

static int nothing(void) { return 0; }

static int other(void *) { return 0; }

struct other {
};

/* Without the coroutine of the original: run_until_complete() takes a future here, and
 * run() a function.
 */
static int loop_22(void *)
{
    co_coroutine *coroutine = co_create(other);
    co_future future;

    co_future_init(&future);
    say_why(co_run_until_complete(&future));
    say_why(co_run(other, NULL));
    say_why(co_program(nothing, NULL));
    co_coroutine_drop(coroutine);
    line("end");
    return 0;
}

Test(loop_by_hand, LOOP_22_loops_do_not_nest)
{
    expect(loop_22,
           "RuntimeError: This event loop is already running\n"
           "RuntimeError: asyncio.run() cannot be called from a running event loop\n"
           "RuntimeError: Cannot run the event loop while another loop is running\n"
           "WARN RuntimeWarning: coroutine 'other' was never awaited\n"
           "end\n");
}

static int loop_23(void *)
{
    line("%s %s", py_bool(co_get_loop() != NULL), py_bool(co_is_running()));
    return 0;
}

/* The message with which the program ends if it spawns without a loop. */
static void spawn_without_a_loop(char *ret_text, size_t size)
{
    int ends[2];

    cr_assert(zero(int, pipe(ends)));
    if (fork() == 0) {
        dup2(ends[1], STDERR_FILENO);
        co_spawn(other);
        _exit(0);
    }
    close(ends[1]);
    ssize_t length = read(ends[0], ret_text, size - 1);
    ret_text[length < 0 ? 0 : length] = '\0';
    close(ends[0]);
    wait(NULL);
}

/* Asking for the loop where there is none returns NULL. Using it ends the program,
 * since there is no coroutine in which an error could be raised.
 */
Test(loop_by_hand, LOOP_23_outside_of_tasks_and_callbacks_no_loop_runs)
{
    char text[128];

    cr_assert(not(co_is_running()));
    spawn_without_a_loop(text, sizeof(text));
    cr_assert(eq(int, strncmp(text, "co_spawn() needs a running event loop", 37), 0),
              "%s", text);
    expect(loop_23, "True True\n");
}

static int loop_25(void *)
{
    struct ev_callback a = EVI("A call_soon"), b = EVI("B threadsafe"),
                       c = EVI("C call_soon");

    co_call_soon(&a.timer.callback);
    co_call_soon_threadsafe(co_get_loop(), &b.timer.callback);
    co_call_soon(&c.timer.callback);
    evi("main");
    await(co_sleep(0));
    evi("main resumed");
    return 0;
}

Test(loop_by_hand, LOOP_25_in_the_loops_own_thread_threadsafe_is_no_different)
{
    expect(loop_25, "i=1 main\n"
                    "i=2 A call_soon\n"
                    "i=2 B threadsafe\n"
                    "i=2 C call_soon\n"
                    "i=2 main resumed\n");
}

/* A callback with arguments: the fields of what it is embedded in. */
struct says {
    co_callback callback;
    const char *text;
    int one, two;
};

static void says(co_callback *self)
{
    const struct says *args = co_container_of(self, struct says, callback);

    line("%s %d %d", args->text, args->one, args->two);
}

static int loop_28(void *)
{
    struct says args = { { says }, "args", 1, 2 };

    co_call_soon(&args.callback);
    return attempt(co_sleep(0));
}

/* Without the type error of the original, which does not compile. */
Test(loop_by_hand, LOOP_28_a_callback_has_arguments) { expect(loop_28, "args 1 2\n"); }

/* display_date: every second, until the end time. */
struct display {
    co_timer timer;
    double end_time;
};

static void display(co_callback *self)
{
    struct display *me = co_container_of(self, struct display, timer.callback);

    ev("tick");
    if (co_now() + 1 < me->end_time)
        co_call_later(&me->timer, 1);
    else
        co_stop();
}

static int tut_08(void)
{
    struct display ticks = { { { display } }, co_now() + 3.5 };
    struct stopper hello = { { { { stop_and_call } }, "Hello World" }, {} };

    co_call_soon(&ticks.timer.callback);
    await(co_run_forever());
    co_call_soon(&hello.saying.timer.callback);
    await(co_run_forever());
    return co_close();
}

Test(loop_by_hand, TUT_08_low_level_callbacks)
{
    expect_program(tut_08, "t=0 tick\n"
                           "t=1 tick\n"
                           "t=2 tick\n"
                           "t=3 tick\n"
                           "t=3 Hello World\n");
}

/* ---- runners ------------------------------------------------------------- */

struct late {
};

static int late(void *)
{
    line("late starts");
    await(co_sleep(1));
    line("never");
    return 0;
}

static void spawn_late(char *) { co_spawn(late); }

struct leaves_a_task {
};

static int leaves_a_task(void *)
{
    [[maybe_unused]] finally(spawn_late) char last = 0;

    return attempt(co_sleep(5));
}

static int runner_05(void *)
{
    co_spawn(leaves_a_task);
    return attempt(co_sleep(0.1));
}

static int runner_05_program(void)
{
    int r = co_run(runner_05, NULL);

    line("end");
    return r;
}

Test(loop_by_hand, RUNNER_05_a_task_made_in_the_shutdown_is_abandoned)
{
    expect_program(runner_05_program,
                   "late starts\n"
                   "LOG ERROR Task was destroyed but it is pending!\n"
                   "end\n");
}

struct ticker {
};

static int ticker(void *)
{
    for (int i = 0; i < 5; i++) {
        ev("bg %d", i);
        if (attempt(co_sleep(0.2)) == UV_ECANCELED) {
            ev("bg cancelled");
            return UV_ECANCELED;
        }
    }
    return 0;
}

static int runner_07(void *frame)
{
    bool *first = frame;

    if (*first)
        co_spawn(ticker);
    await(co_sleep(*first ? 0.3 : 0.2));
    ev("main ends");
    return 0;
}

static int run_twice(co_runner *runner, bool *first)
{
    await(co_runner_run(runner, runner_07, first));
    ev("between runs");
    *first = false;
    return co_runner_run(runner, runner_07, first);
}

static int runner_07_program(void)
{
    co_runner runner;
    bool first = true;

    co_runner_init(&runner);
    await(co_runner_close(&runner, run_twice(&runner, &first)));
    int r = co_runner_run(&runner, runner_07, &first);
    ev("%s: %s", py_exception(r), co_why());
    return 0;
}

Test(loop_by_hand, RUNNER_07_the_mains_of_a_runner_share_a_loop)
{
    expect_program(runner_07_program, "t=0 bg 0\n"
                                      "t=0.2 bg 1\n"
                                      "t=0.3 main ends\n"
                                      "t=0.3 between runs\n"
                                      "t=0.4 bg 2\n"
                                      "t=0.5 main ends\n"
                                      "t=0.5 bg cancelled\n"
                                      "t=0.5 RuntimeError: Runner is closed\n");
}
