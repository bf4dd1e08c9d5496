/* Threads that sleep when something else ends the usual course: Ctrl-C, a deadlock, the
 * end of a run or of the program, another loop; threads that wait by other means; and
 * co_block() where there is no loop.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <unistd.h>
#include <uv.h>

#include "tests/support/expect.h"

struct naps {
    int times;
    double seconds;
};

static int naps(void *frame)
{
    const struct naps *self = frame;

    for (int i = 0; i < self->times; i++) {
        await(co_block(self->seconds));
        ev("thread %d", i);
    }
    return 0;
}

/* ---- Ctrl-C, deadlocks --------------------------------------------------- */

static void on_interrupt(co_callback *callback)
{
    (void)callback;
    co_interrupt();
}

static int interrupted(void *)
{
    co_timer ctrl_c = { .callback.run = on_interrupt };

    co_call_later(&ctrl_c, 0.1);
    int r = attempt(co_thread(naps, 2, 0.2));
    ev("%s", py_exception(r));
    return r;
}

static int interrupted_program(void)
{
    int r = co_run(interrupted, NULL);

    ev("%s", py_exception(r));
    return 0;
}

Test(block_edge, goes_on_in_a_thread_after_a_ctrl_c)
{
    expect_program(interrupted_program, "t=0.1 CancelledError\n"
                                        "t=0.2 thread 0\n"
                                        "t=0.4 thread 1\n"
                                        "t=0.4 KeyboardInterrupt\n");
}

static int interrupted_twice(void *)
{
    co_timer first = { .callback.run = on_interrupt }, second = first;

    co_call_later(&first, 0.1);
    co_call_later(&second, 0.1);
    return attempt(co_join(co_execute(co_executor_new(1), naps, 2, 0.2)));
}

static int interrupted_twice_program(void)
{
    int r = co_run(interrupted_twice, NULL);

    ev("%s", co_error_name(r));
    return 0;
}

Test(block_edge, goes_on_at_the_end_of_the_program)
{
    expect_program(interrupted_twice_program,
                   "LOG ERROR Task was destroyed but it is pending!\n"
                   "t=0.1 EABANDONED\n"
                   "t=0.2 thread 0\n"
                   "t=0.4 thread 1\n");
}

static int waits_for_ever(void *)
{
    co_future never;

    co_future_init(&never);
    co_execute(NULL, naps, 2, 0.2);
    return co_join(&never);
}

static int deadlocked(void)
{
    int r = co_run(waits_for_ever, NULL);

    line("%s", co_error_name(r));
    return 0;
}

Test(block_edge, is_no_deadlock_until_the_last_thread_has_slept)
{
    expect_program(deadlocked,
                   "t=0.2 thread 0\n"
                   "t=0.4 thread 1\n"
                   "t=0.4 DEADLOCK (nothing ready, no timer: the loop would "
                   "block forever)\n"
                   "EDEADLK\n");
}

/* ---- the end of a run ---------------------------------------------------- */

static void on_stop(co_callback *callback)
{
    (void)callback;
    ev("stop");
    co_stop();
}

/* The turn of the thread comes in the iteration after the stop. */
static int stopped(void)
{
    co_timer stop = { .callback.run = on_stop };

    co_call_later(&stop, 0.1);
    co_execute(NULL, naps, 3, 0.1);
    await(co_run_forever());
    ev("stopped");
    await(co_block(0.15));
    ev("blocked");
    return co_close();
}

Test(block_edge, continues_in_a_program_whose_loop_was_stopped)
{
    expect_program(stopped, "t=0.1 stop\n"
                            "t=0.1 thread 0\n"
                            "t=0.1 stopped\n"
                            "t=0.2 thread 1\n"
                            "t=0.25 blocked\n"
                            "t=0.3 thread 2\n");
}

struct exits {
};

static int exits(void *) { return co_raise(CO_EXIT, "1"); }

static void on_exit_time(co_callback *callback)
{
    (void)callback;
    ev("exit");
    co_spawn(exits);
}

static int runs_another_loop(void *)
{
    await(co_sleep(0.2));
    ev("main ends");
    return 0;
}

/* An eager task ends the run within a callback: the turn of the thread is next. */
static int exits_and_goes_on(void)
{
    co_timer exit = { .callback.run = on_exit_time };

    co_call_later(&exit, 0.1);
    co_execute(NULL, naps, 2, 0.1);
    ev("%s", co_error_name(attempt(co_run_forever())));
    return co_run(runs_another_loop, NULL);
}

Test(block_edge, continues_in_another_loop_when_a_run_has_ended_before_its_turn)
{
    expect_with(
        (co_options){ .virtual_time = true, .asyncio = 312, .eager_tasks = true }, NULL,
        exits_and_goes_on,
        "t=0.1 exit\n"
        "t=0.1 EXIT\n"
        "t=0.1 thread 0\n"
        "t=0.2 thread 1\n"
        "t=0.3 main ends\n"
        "LOG ERROR Task exception was never retrieved | SystemExit(1)\n");
}

static void on_block_time(co_callback *callback)
{
    (void)callback;
    ev("blocks");
    if (co_block(0.15) == 0)
        ev("blocked");
}

static int blocks_before_a_turn(void *)
{
    co_timer block = { .callback.run = on_block_time };

    co_call_later(&block, 0.1);
    return co_thread(naps, 3, 0.1);
}

Test(block_edge, has_its_turn_while_an_earlier_callback_blocks)
{
    expect(blocks_before_a_turn, "t=0.1 blocks\n"
                                 "t=0.1 thread 0\n"
                                 "t=0.2 thread 1\n"
                                 "t=0.25 blocked\n"
                                 "t=0.3 thread 2\n");
}

static int starts_a_thread(void *)
{
    co_execute(co_executor_new(1), naps, 3, 0.1);
    await(co_sleep(0.05));
    ev("first ends");
    return 0;
}

static int two_loops(void)
{
    await(co_run(starts_a_thread, NULL));
    await(co_run(runs_another_loop, NULL));
    await(co_block(0.1));
    ev("program ends");
    return 0;
}

Test(block_edge, continues_while_another_loop_runs)
{
    expect_program(two_loops, "t=0.05 first ends\n"
                              "t=0.1 thread 0\n"
                              "t=0.2 thread 1\n"
                              "t=0.25 main ends\n"
                              "t=0.3 thread 2\n"
                              "t=0.35 program ends\n");
}

/* ---- I/O of the loop ----------------------------------------------------- */

struct server {
    co_watch watch;
    int request[2], answer[2];
};

static void serve(co_callback *callback)
{
    struct server *server = co_container_of(callback, struct server, watch.callback);
    char byte;

    if (read(server->request[0], &byte, 1) == 1) {
        ev("request %c", byte);
        co_watch_stop(&server->watch);
        if (write(server->answer[1], "A", 1) != 1)
            line("no answer");
    }
}

struct client {
    struct server *server;
};

/* After its sleep it waits for I/O of the loop, which it must not block for ever. */
static int client(void *frame)
{
    struct server *server = ((const struct client *)frame)->server;
    char byte = '-';

    await(co_block(0.1));
    if (write(server->request[1], "R", 1) != 1 ||
        read(server->answer[0], &byte, 1) != 1)
        return UV_EIO;
    ev("answer %c", byte);
    await(co_block(0.1));
    ev("client ends");
    return 0;
}

static int serves_a_thread(void *)
{
    static struct server server;

    server = (struct server){ .watch.callback.run = serve };
    if (pipe(server.request) < 0 || pipe(server.answer) < 0)
        return UV_EIO;
    await(co_watch_readable(&server.watch, server.request[0]));
    int r = attempt(co_thread(client, &server));
    for (int i = 0; i < 2; i++) {
        close(server.request[i]);
        close(server.answer[i]);
    }
    return r;
}

Test(block_edge, lets_the_loop_serve_a_thread_that_has_slept)
{
    expect(serves_a_thread, "t=0.1 request R\n"
                            "t=0.1 answer A\n"
                            "t=0.2 client ends\n");
}

/* ---- other clocks, other threads ----------------------------------------- */

static int sleeps_in_a_run(void *)
{
    await(co_block(5));
    return (int)co_now();
}

struct runs {
};

static int runs(void *)
{
    int r = co_run(sleeps_in_a_run, &(co_options){ .virtual_time = true });

    ev("%d", r);
    await(co_block(0.1));
    return r;
}

static int runs_in_a_thread(void *)
{
    ev("%d", await(co_thread(runs)));
    return 0;
}

Test(block_edge, advances_the_clock_of_a_run_inside_of_a_thread)
{
    expect(runs_in_a_thread, "t=0 5\n"
                             "t=0.1 5\n");
}

enum { SLEEP_NS = 20000000 };

static int returned[4];
static uint64_t passed_ns;

static void sleeps_really(void *)
{
    const uint64_t begin = uv_hrtime();

    returned[0] = co_block((double)SLEEP_NS / 1e9);
    passed_ns = uv_hrtime() - begin;
    returned[1] = co_block(-1);
    returned[2] = co_block(CO_FOREVER);
    returned[3] = co_block(0);
}

static void check_real_sleep(void)
{
    cr_expect(ge(u64, passed_ns, SLEEP_NS));
    cr_expect(eq(int, returned[0], 0));
    cr_expect(eq(int, returned[1], CO_EVALUE));
    cr_expect(eq(int, returned[2], CO_EVALUE));
    cr_expect(eq(int, returned[3], 0));
}

static int in_a_thread_of_its_own(void *)
{
    uv_thread_t thread;

    passed_ns = 0;
    uv_thread_create(&thread, sleeps_really, NULL);
    uv_thread_join(&thread);
    check_real_sleep();
    ev("main");
    return 0;
}

Test(block_edge, is_a_real_sleep_in_a_thread_of_the_programs_own)
{
    expect(in_a_thread_of_its_own, "t=0 main\n");
}

Test(block_edge, is_a_real_sleep_without_a_loop)
{
    sleeps_really(NULL);
    check_real_sleep();
}
