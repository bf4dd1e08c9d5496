/* outside/communicate.c: full pipes, processes that do not read, and cancelled calls.
 * What is printed is what CPython 3.11 prints. Reading is in reader.c.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/expect.h"

static const co_process_options in_and_out = { .in = CO_PIPE, .out = CO_PIPE };
static const co_process_options only_out = { .out = CO_PIPE };
static const co_process_options all_three = { CO_PIPE, CO_PIPE, CO_PIPE, NULL, NULL };

/* ---- communicate() ------------------------------------------------------- */

enum { MUCH = 300000, MORE = 1 << 20 };

static int gives_much(void *)
{
    static char input[MUCH];
    const co_bytes in = { memset(input, 'x', MUCH), MUCH };
    co_process *process;
    co_bytes out;

    await(co_process_exec(in_and_out, &process, "cat"));
    await(co_process_communicate(process, in, &out, NULL));
    line("%d %s", (int)out.size, py_bool(memcmp(out.data, input, MUCH) == 0));
    await(co_process_communicate(process, (co_bytes){}, &out, NULL));
    line("%d", (int)out.size);
    await(co_process_exec(in_and_out, &process, "true"));
    await(co_process_communicate(process, in, &out, NULL));
    line("%d %d", (int)out.size, *co_process_returncode(process));
    return 0;
}

Test(communicate, writes_more_than_a_pipe_holds_and_to_a_process_that_does_not_read)
{
    expect_in_real_time(gives_much, "300000 True\n"
                                    "0\n"
                                    "0 0\n");
}

struct communicates {
    co_process *process;
};

static int communicates(void *frame)
{
    const struct communicates *self = frame;

    return co_process_communicate(self->process, (co_bytes){}, NULL, NULL);
}

static int gives_nothing(void *)
{
    co_process *process;

    await(co_process_exec(in_and_out, &process, "cat"));
    int r = attempt(co_wait_for(co_spawn(communicates, process), 0.2));
    ev("%s", r < 0 ? py_exception(r) : "ended");
    co_process_kill(process);
    return co_process_wait(process);
}

Test(communicate, without_input_leaves_stdin_open_before_312)
{
    expect_in_real_time(gives_nothing, "t=0.2 TimeoutError\n");
    expect_with((co_options){ .asyncio = 312 }, gives_nothing, NULL, "t=0 ended\n");
}

static int spends_numbers(void *)
{
    co_process *process;

    await(co_process_exec(only_out, &process, "true"));
    line("%s", co_name(co_spawn(sleeper, 0, 0)));
    await(co_process_communicate(process, (co_bytes){}, NULL, NULL));
    line("%s", co_name(co_spawn(sleeper, 0, 0)));
    int r = attempt(co_process_communicate(process, (co_bytes){ "x", 1 }, NULL, NULL));
    line("%s", co_error_name(r));
    return 0;
}

Test(communicate, runs_three_tasks)
{
    expect_in_real_time(spends_numbers, "Task-3\n"
                                        "Task-7\n"
                                        "EVALUE\n");
}

/* ---- much data ----------------------------------------------------------- */

static int sends_much(void *)
{
    static char input[MORE];
    co_process *process;
    co_bytes out, err;

    for (int i = 0; i < MORE; i++)
        input[i] = (char)(i * 7 + i / 256);
    await(co_process_shell(all_three, &process, "head -c 1000000 /dev/zero >&2; cat"));
    await(co_process_communicate(process, (co_bytes){ input, MORE }, &out, &err));
    line("%s %zu", py_bool(out.size == MORE && memcmp(out.data, input, MORE) == 0),
         err.size);
    return 0;
}

Test(communicate, carries_much_data_in_all_directions)
{
    expect_in_real_time(sends_much, "True 1000000\n");
}

/* ---- cancelled ------------------------------------------------------------ */

static int waits_for_input(void *)
{
    co_process *process;
    co_bytes out;

    await(co_process_exec(in_and_out, &process, "cat"));
    int r = attempt(
        co_within(0.1, co_process_communicate(process, (co_bytes){}, &out, NULL)));
    line("%s", py_exception(r));
    for (int i = 0; i < 2; i++) {
        await(co_process_communicate(process, (co_bytes){ "yy", 2 }, &out, NULL));
        line("'%s'", out.data);
    }
    return 0;
}

Test(communicate, stays_open_after_a_cancelled_communicate)
{
    expect_in_real_time(waits_for_input, "TimeoutError\n"
                                         "'yy'\n"
                                         "''\n");
}

static int interrupted(void *)
{
    co_process *process;
    co_bytes out;

    await(co_process_shell(only_out, &process, "printf 1; sleep 0.6; printf 2"));
    int r = attempt(
        co_within(0.3, co_process_communicate(process, (co_bytes){}, &out, NULL)));
    line("%s", py_exception(r));
    await(co_process_communicate(process, (co_bytes){}, &out, NULL));
    line("'%s'", out.data);
    return 0;
}

Test(communicate, loses_the_data_a_cancelled_communicate_has_read)
{
    expect_in_real_time(interrupted, "TimeoutError\n"
                                     "'2'\n");
}

static int interrupted_while_it_sends(void *)
{
    static char input[MORE];
    const co_bytes much = { input, MORE };
    co_process *process;

    await(co_process_exec(in_and_out, &process, "sleep", "30"));
    int r = attempt(co_within(0.1, co_process_communicate(process, much, NULL, NULL)));
    line("%s", py_exception(r));
    co_process_kill(process);
    await(co_process_wait(process));
    await(co_process_communicate(process, much, NULL, NULL));
    line("%d", *co_process_returncode(process));
    return 0;
}

Test(communicate, survives_a_cancellation_while_much_is_sent)
{
    expect_in_real_time(interrupted_while_it_sends, "TimeoutError\n"
                                                    "-9\n");
}
