/* reader.h: lines and their limit, one reading task at a time, and cancelled reads.
 * What is printed is what CPython 3.11 prints. Data to and from a process is in
 * communicate.c.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <signal.h>
#include <string.h>

#include "tests/support/expect.h"

static const co_process_options in_and_out = { .in = CO_PIPE, .out = CO_PIPE };
static const co_process_options only_out = { .out = CO_PIPE };

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

Test(reader, reads_line_after_line_and_then_the_end)
{
    expect_in_real_time(reads_lines, "2 a\n"
                                     "1 \n"
                                     "1 b\n"
                                     "0 \n"
                                     "0\n");
}

/* All of the line has arrived when it is read. */
static int reads_a_long_line(void *)
{
    co_process *process;

    await(co_process_shell(only_out, &process,
                           "head -c 70000 /dev/zero | tr '\\0' x; echo; echo after"));
    await(co_sleep(0.3));
    await(show_lines(process, 3));
    return co_process_wait(process);
}

Test(reader, refuses_a_line_beyond_its_limit_and_continues_after_it)
{
    expect_in_real_time(
        reads_a_long_line,
        "ValueError('Separator is found, but chunk is longer than limit')\n"
        "6 after\n"
        "0 \n");
}

/* The reader buffers no more than twice its limit, so the process waits. */
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

Test(reader, pauses_a_process_that_writes_too_much)
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

Test(reader, allows_one_waiting_task_at_a_time)
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

Test(reader, loses_no_data_when_a_read_is_cancelled)
{
    expect_in_real_time(is_interrupted, "TimeoutError\n"
                                        "abcdef\n");
}
