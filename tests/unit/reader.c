/* Processes and their pipes: how much goes through them, what an interruption leaves,
 * and what becomes of those that are left alone.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <signal.h>
#include <string.h>

#include "tests/support/expect.h"

static const co_process_options usual = {};
static const co_process_options with_out = { .out = CO_PIPE };
static const co_process_options with_both = { .in = CO_PIPE, .out = CO_PIPE };
static const co_process_options with_all = { CO_PIPE, CO_PIPE, CO_PIPE, NULL, NULL };

enum { MUCH = 1 << 20 };

/* ---- much ---------------------------------------------------------------- */

static int sends_much(void *)
{
    static char input[MUCH];
    co_process *process;
    co_bytes out, err;

    for (int i = 0; i < MUCH; i++)
        input[i] = (char)(i * 7 + i / 256);
    await(co_process_shell(with_all, &process, "head -c 1000000 /dev/zero >&2; cat"));
    await(co_process_communicate(process, (co_bytes){ input, MUCH }, &out, &err));
    line("%s %zu", py_bool(out.size == MUCH && memcmp(out.data, input, MUCH) == 0),
         err.size);
    return 0;
}

Test(reader, carries_much_data_in_all_directions)
{
    expect_in_real_time(sends_much, "True 1000000\n");
}

/* ---- interrupted --------------------------------------------------------- */

static int waits_for_input(void *)
{
    co_process *process;
    co_bytes out;

    await(co_process_exec(with_both, &process, "cat"));
    int r = attempt(
        co_within(0.1, co_process_communicate(process, (co_bytes){}, &out, NULL)));
    line("%s", py_exception(r));
    for (int i = 0; i < 2; i++) {
        await(co_process_communicate(process, (co_bytes){ "yy", 2 }, &out, NULL));
        line("'%s'", out.data);
    }
    return 0;
}

Test(reader, stays_open_after_a_cancelled_communicate)
{
    expect_in_real_time(waits_for_input, "TimeoutError\n"
                                         "'yy'\n"
                                         "''\n");
}

static int interrupted(void *)
{
    co_process *process;
    co_bytes out;

    await(co_process_shell(with_out, &process, "printf 1; sleep 0.6; printf 2"));
    int r = attempt(
        co_within(0.3, co_process_communicate(process, (co_bytes){}, &out, NULL)));
    line("%s", py_exception(r));
    await(co_process_communicate(process, (co_bytes){}, &out, NULL));
    line("'%s'", out.data);
    return 0;
}

Test(reader, loses_the_data_a_cancelled_communicate_has_read)
{
    expect_in_real_time(interrupted, "TimeoutError\n"
                                     "'2'\n");
}

static int interrupted_while_it_sends(void *)
{
    static char input[MUCH];
    const co_bytes much = { input, MUCH };
    co_process *process;

    await(co_process_exec(with_both, &process, "sleep", "30"));
    int r = attempt(co_within(0.1, co_process_communicate(process, much, NULL, NULL)));
    line("%s", py_exception(r));
    co_process_kill(process);
    await(co_process_wait(process));
    await(co_process_communicate(process, much, NULL, NULL));
    line("%d", *co_process_returncode(process));
    return 0;
}

Test(reader, survives_a_cancellation_while_much_is_sent)
{
    expect_in_real_time(interrupted_while_it_sends, "TimeoutError\n"
                                                    "-9\n");
}

/* ---- those that are left alone ------------------------------------------- */

static int kills_the_stubborn(void *)
{
    co_process *process;
    co_bytes word;

    await(co_process_shell(
        with_out, &process,
        "trap '' TERM; echo ready; for i in $(seq 100); do sleep 0.05; done"));
    await(co_reader_line(co_process_out(process), &word));
    co_process_terminate(process);
    int r = attempt(co_within(0.2, co_process_wait(process)));
    line("%s %s", py_exception(r), co_process_returncode(process) ? "ended" : "None");
    co_process_kill(process);
    await(co_process_wait(process));
    line("%d", *co_process_returncode(process));
    return 0;
}

Test(reader, ends_when_a_process_that_ignores_sigterm_is_killed)
{
    expect_in_real_time(kills_the_stubborn, "TimeoutError None\n"
                                            "-9\n");
}

struct waits {
    co_process *process;
    const char *name;
};

static int waits(void *frame)
{
    const struct waits *self = frame;

    await(co_process_wait(self->process)); /* it may be gone with that */
    line("%s", self->name);
    return 0;
}

static int several_wait(void *)
{
    co_process *process;

    await(co_process_exec(usual, &process, "sleep", "0.2"));
    co_task *a = co_spawn(waits, process, "A"), *b = co_spawn(waits, process, "B");
    co_task *c = co_spawn(waits, process, "C");
    await(co_sleep(0));
    co_cancel(b);
    co_process_drop(process);
    await(co_settle(a, b, c));
    return 0;
}

Test(reader, of_a_dropped_process_still_wakes_its_waiting_tasks)
{
    expect_in_real_time(several_wait, "A\n"
                                      "C\n");
}

static int drops_much(void *)
{
    co_process *process;

    await(co_process_shell(with_all, &process, "yes | head -c 1000000; sleep 2"));
    co_process_drop(process);
    await(co_sleep(0.2));
    line("end");
    return 0;
}

Test(reader, of_a_dropped_process_may_be_full)
{
    expect_in_real_time(drops_much, "end\n");
}

static int is_left(void *frame)
{
    int *pid = frame;
    co_process *process;

    await(co_process_exec(with_all, &process, "sleep", "30"));
    *pid = co_process_pid(co_process_keep(process));
    return 0;
}

static int runs_twice(void)
{
    for (int run = 0; run < 2; run++) {
        int pid = 0, r = co_run_with(is_left, &pid, NULL);
        line("%d %d", r, pid > 1 ? kill(pid, SIGKILL) : -1);
    }
    return 0;
}

Test(reader, is_closed_after_the_run_but_the_process_continues)
{
    expect_with((co_options){}, NULL, runs_twice,
                "0 0\n"
                "0 0\n");
}

static int is_abandoned(void *)
{
    co_process *process;

    await(co_process_exec(with_both, &process, "sleep", "30"));
    co_interrupt();
    int r = attempt(co_process_communicate(process, (co_bytes){ "x", 1 }, NULL, NULL));
    co_interrupt();
    r = attempt(co_process_communicate(process, (co_bytes){ "x", 1 }, NULL, NULL));
    return r;
}

static int abandons(void)
{
    line("%s", co_error_name(co_run(is_abandoned, NULL)));
    return 0;
}

Test(reader, survives_a_run_that_is_abandoned)
{
    expect_with((co_options){}, NULL, abandons,
                "LOG ERROR Task was destroyed but it is pending!\n"
                "LOG ERROR Task was destroyed but it is pending!\n"
                "LOG ERROR Task was destroyed but it is pending!\n"
                "LOG ERROR Task was destroyed but it is pending!\n"
                "EABANDONED\n");
}
