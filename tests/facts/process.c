/* Processes: output, input, exit, signals, and a wait that is cancelled. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <string.h>

#include "tests/support/expect.h"

/* b'…' as Python shows it, or None. */
static struct bytes {
    char s[64];
} bytes(co_bytes bytes)
{
    struct bytes shown = { "None" };
    size_t used = 0;

    if (!bytes.data)
        return shown;
    used += (size_t)sprintf(shown.s, "b'");
    for (size_t i = 0; i < bytes.size && used < sizeof(shown.s) - 4; i++)
        used += (size_t)sprintf(shown.s + used, bytes.data[i] == '\n' ? "\\n" : "%c",
                                bytes.data[i]);
    strcpy(shown.s + used, "'");
    return shown;
}

static struct returncode {
    char s[16];
} returncode(const co_process *process)
{
    const int *code = co_process_returncode(process);
    struct returncode shown = { "None" };

    if (code)
        snprintf(shown.s, sizeof(shown.s), "%d", *code);
    return shown;
}

/* say(await process.communicate(input), process.returncode) */
static int communicate(co_process *process, const char *input)
{
    co_bytes out, err, in = { input, input ? strlen(input) : 0 };

    await(co_process_communicate(process, in, &out, &err));
    line("(%s, %s) %s", bytes(out).s, bytes(err).s, returncode(process).s);
    return 0;
}

static int subproc_01(void *)
{
    co_process_options pipes = { .out = CO_PIPE, .err = CO_PIPE };
    co_process *process, *other;

    await(co_process_exec(pipes, &process, "sh", "-c",
                          "sleep 0.1; echo out; echo err >&2; exit 3"));
    line("returncode before %s", returncode(process).s);
    await(communicate(process, NULL));
    await(co_process_exec((co_process_options){}, &other, "true"));
    return await(communicate(other, NULL));
}

/* The original runs Python as the process; here it is a shell, with a pause for the
 * start.
 */
Test(process, SUBPROC_01_communicate_returns_the_output_after_the_end)
{
    expect_in_real_time(subproc_01, "returncode before None\n"
                                    "(b'out\\n', b'err\\n') 3\n"
                                    "(None, None) 0\n");
}

struct job {
    char name;
    const char *seconds;
};

static int job(void *frame)
{
    const struct job *self = frame;
    co_process *process;

    await(co_process_exec((co_process_options){}, &process, "sleep", self->seconds));
    await(co_process_wait(process));
    ev("%c exit code %s", self->name, returncode(process).s);
    return 0;
}

static int subproc_02(void *)
{
    await(co_gather(co_spawn(job, 'A', "0.6"), co_spawn(job, 'B', "0.3")));
    ev("end");
    return 0;
}

Test(process, SUBPROC_02_processes_run_at_once)
{
    expect_in_real_time(subproc_02, "t=0.3 B exit code 0\n"
                                    "t=0.6 A exit code 0\n"
                                    "t=0.6 end\n");
}

static int subproc_04(void *)
{
    co_process_options both = { .in = CO_PIPE, .out = CO_PIPE };
    co_process_options merged = { .out = CO_PIPE, .err = CO_STDOUT };
    co_process *process;
    co_bytes out, err;

    await(co_process_exec(both, &process, "cat"));
    await(co_process_communicate(process, (co_bytes){ "through cat", 11 }, &out, &err));
    line("(%s, %s)", bytes(out).s, bytes(err).s);
    await(co_process_shell(merged, &process, "echo a; echo b >&2"));
    await(co_process_communicate(process, (co_bytes){}, &out, &err));
    line("(%s, %s)", bytes(out).s, bytes(err).s);
    return 0;
}

Test(process, SUBPROC_04_communicate_writes_the_input_and_collects_the_output)
{
    expect_in_real_time(subproc_04, "(b'through cat', None)\n"
                                    "(b'a\\nb\\n', None)\n");
}

static int subproc_05(void *)
{
    co_process *process;
    co_bytes text;

    await(co_process_shell((co_process_options){ .out = CO_PIPE }, &process,
                           "echo one; sleep 0.3; echo two"));
    while (await(co_reader_line(co_process_out(process), &text)) > 0)
        ev("%s", bytes(text).s);
    await(co_process_wait(process));
    ev("exit %s", returncode(process).s);
    return 0;
}

Test(process, SUBPROC_05_lines_can_be_read_while_it_runs)
{
    expect_in_real_time(subproc_05, "t=0 b'one\\n'\n"
                                    "t=0.3 b'two\\n'\n"
                                    "t=0.3 exit 0\n");
}

struct wait_for_end {
    co_process *process;
};

static int wait_for_end(void *frame)
{
    return co_process_wait(((const struct wait_for_end *)frame)->process);
}

static int subproc_07(void *)
{
    co_process *process;

    await(co_process_exec((co_process_options){}, &process, "sleep", "30"));
    int r = attempt(co_wait_for(co_spawn(wait_for_end, process), 0.2));
    if (r == UV_ETIMEDOUT)
        ev("TimeoutError; returncode %s", returncode(process).s);
    co_process_kill(process);
    await(co_process_wait(process));
    ev("%s", returncode(process).s);
    return 0;
}

Test(process, SUBPROC_07_cancelling_the_wait_does_not_kill_it)
{
    expect_in_real_time(subproc_07, "t=0.2 TimeoutError; returncode None\n"
                                    "t=0.2 -9\n");
}

static int subproc_08(void *)
{
    co_process *process;

    await(co_process_exec((co_process_options){}, &process, "true"));
    await(co_process_wait(process));
    int r = co_process_kill(process);
    if (r == UV_ESRCH)
        line("%s %s", py_exception(r), returncode(process).s);
    return 0;
}

Test(process, SUBPROC_08_a_process_that_has_ended_cannot_be_signalled)
{
    expect_in_real_time(subproc_08, "ProcessLookupError 0\n");
}
