/* What goes to processes and comes from them, where no fact looks. What is printed is
 * what CPython 3.11 prints.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/expect.h"

static const co_process_options in_and_out = { .in = CO_PIPE, .out = CO_PIPE };
static const co_process_options only_out = { .out = CO_PIPE };

/* ---- communicate() ------------------------------------------------------- */

enum { MUCH = 300000 };

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

/* ---- readers ------------------------------------------------------------- */

static int show_lines(co_process *process, int count)
{
    co_bytes text;

    for (int i = 0; i < count; i++) {
        int r = attempt(co_reader_line(co_process_out(process), &text));
        if (r < 0)
            line("%s", py_repr(r).s);
        else
            line("%d %.5s", r, strtok((char *)text.data, "\n") ?: "");
    }
    return 0;
}

static int reads_lines(void *)
{
    co_process *process;
    co_bytes rest;

    await(co_process_shell(only_out, &process, "echo a; echo; printf b"));
    await(show_lines(process, 4));
    await(co_reader_rest(co_process_out(process), &rest));
    line("%d", (int)rest.size);
    return co_process_wait(process);
}

Test(communicate, reads_line_after_line_and_then_the_end)
{
    expect_in_real_time(reads_lines, "2 a\n"
                                     "1 \n"
                                     "1 b\n"
                                     "0 \n"
                                     "0\n");
}

/* All of it is there when the line is asked for. */
static int reads_a_long_line(void *)
{
    co_process *process;

    await(co_process_shell(only_out, &process,
                           "head -c 70000 /dev/zero | tr '\\0' x; echo; echo after"));
    await(co_sleep(0.3));
    await(show_lines(process, 3));
    return co_process_wait(process);
}

Test(communicate, refuses_a_line_beyond_its_limit_and_continues_after_it)
{
    expect_in_real_time(
        reads_a_long_line,
        "ValueError('Separator is found, but chunk is longer than limit')\n"
        "6 after\n"
        "0 \n");
}

/* It reads no more than twice its limit ahead, so the process waits. */
static int leaves_much_unread(void *)
{
    co_process *process;
    co_bytes rest;

    await(co_process_shell(only_out, &process, "head -c 400000 /dev/zero"));
    await(co_sleep(0.2));
    line("runs: %s", py_bool(!co_process_returncode(process)));
    int r = attempt(co_reader_line(co_process_out(process), &rest));
    line("%s", py_repr(r).s);
    await(co_reader_rest(co_process_out(process), &rest));
    line("%s", py_bool(rest.size > 100000));
    return co_process_wait(process);
}

Test(communicate, pauses_a_process_that_writes_too_much)
{
    expect_with((co_options){}, leaves_much_unread, NULL,
                "runs: True\n"
                "ValueError('Separator is not found, and chunk exceed the limit')\n"
                "True\n");
}

struct reads {
    co_process *process;
};

static int reads(void *frame)
{
    co_bytes text;

    return co_reader_line(co_process_out(((const struct reads *)frame)->process),
                          &text);
}

static int reads_twice(void *)
{
    co_process *process;
    co_bytes bytes;

    await(co_process_exec(in_and_out, &process, "cat"));
    co_task *first = co_spawn(reads, process);
    await(co_sleep(0.1));
    int r = attempt(co_reader_rest(co_process_out(process), &bytes));
    line("%s", py_repr(r).s);
    r = attempt(co_reader_line(co_process_out(process), &bytes));
    line("%s", py_repr(r).s);
    co_process_terminate(process);
    await(co_process_wait(process));
    line("%d %d", *co_process_returncode(process), await(co_join(first)));
    return 0;
}

Test(communicate, allows_one_waiting_task_at_a_time)
{
    expect_in_real_time(
        reads_twice,
        "RuntimeError('read() called while another coroutine is already waiting for "
        "incoming data')\n"
        "RuntimeError('readuntil() called while another coroutine is already waiting "
        "for incoming data')\n"
        "-15 0\n");
}

static int is_interrupted(void *)
{
    co_process *process;
    co_bytes rest;

    await(co_process_shell(only_out, &process, "printf abc; sleep 0.3; echo def"));
    int r = attempt(co_wait_for(co_spawn(reads, process), 0.1));
    line("%s", py_exception(r));
    await(co_reader_rest(co_process_out(process), &rest));
    co_say("%s", rest.data);
    return co_process_wait(process);
}

Test(communicate, loses_no_data_when_a_read_is_cancelled)
{
    expect_in_real_time(is_interrupted, "TimeoutError\n"
                                        "abcdef\n");
}
