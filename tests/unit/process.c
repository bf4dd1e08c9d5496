/* process.h where no fact looks: failures to start, the iterations a start takes, pipes
 * that stay open, and processes that are dropped. What is printed is what CPython 3.11
 * prints.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "tests/support/expect.h"

static const co_process_options nothing = {};
static const co_process_options pipes = { CO_PIPE, CO_PIPE, CO_PIPE };
static const co_process_options only_out = { .out = CO_PIPE };

static int code_of(const co_process *process)
{
    return co_process_returncode(process) ? *co_process_returncode(process) : 1000;
}

static const char *next_name(void) { return co_name(co_spawn(sleeper, 0, 0)); }

/* ---- starting ------------------------------------------------------------ */

static int starts(co_process_options options)
{
    uint64_t before = co_iteration();
    co_process *process;

    await(co_process_exec(options, &process, "true"));
    line("%d", (int)(co_iteration() - before));
    return co_process_wait(process);
}

static int counts_iterations(void *)
{
    await(starts(nothing));
    await(starts(only_out));
    await(starts((co_process_options){ .out = CO_PIPE, .err = CO_STDOUT }));
    await(starts(pipes));
    await(starts((co_process_options){ CO_DEVNULL, CO_DEVNULL, CO_DEVNULL }));
    line("%s", next_name());
    return 0;
}

Test(process, takes_two_iterations_more_for_each_pipe_and_a_task_number)
{
    expect_in_real_time(counts_iterations, "2\n4\n4\n8\n2\nTask-7\n");
}

static int fails(co_process_options options, const char *program)
{
    uint64_t before = co_iteration();
    co_process *process = NULL;
    int r = attempt(co_process_exec(options, &process, program));

    line("%s %s %d", co_error_name(r), co_why(), (int)(co_iteration() - before));
    return 0;
}

static int cannot_start(void *)
{
    await(fails(pipes, "nope"));
    await(fails(nothing, "/tmp"));
    await(fails((co_process_options){ .cwd = "/nope" }, "true"));
    await(fails((co_process_options){ .cwd = "/etc/passwd" }, "true"));
    return 0;
}

Test(process, that_cannot_start_is_an_error_at_once)
{
    expect_in_real_time(cannot_start,
                        "ENOENT [Errno 2] No such file or directory: 'nope' 0\n"
                        "EACCES [Errno 13] Permission denied: '/tmp' 0\n"
                        "ENOENT [Errno 2] No such file or directory: '/nope' 0\n"
                        "ENOTDIR [Errno 20] Not a directory: '/etc/passwd' 0\n");
}

/* One order of arguments; and options with commas are no matter to a macro. */
static int starts_in_three_ways(void *)
{
    const char *const words[] = { "sh", "-c", "exit 3", NULL };
    co_process *process;

    await(co_process_exec((co_process_options){ .in = CO_DEVNULL, .out = CO_DEVNULL },
                          &process, "sh", "-c", "exit 1"));
    await(co_process_wait(process));
    line("%d", code_of(process));
    await(co_process_shell((co_process_options){ .in = CO_DEVNULL, .out = CO_DEVNULL },
                           &process, "exit 2"));
    await(co_process_wait(process));
    line("%d", code_of(process));
    await(co_process_execv((co_process_options){ .in = CO_DEVNULL, .out = CO_DEVNULL },
                           &process, words));
    await(co_process_wait(process));
    line("%d", code_of(process));
    return 0;
}

Test(process, is_started_by_three_functions_of_one_order)
{
    expect_in_real_time(starts_in_three_ways, "1\n2\n3\n");
}

struct starts_a_sleep {
};

static int starts_a_sleep(void *)
{
    co_process *process;
    int r = attempt(co_process_exec(only_out, &process, "sleep", "30"));

    ev("%s %s", py_exception(r), co_why());
    return r;
}

static int is_interrupted(void *)
{
    co_task *task = co_spawn(starts_a_sleep);

    await(co_sleep(0));
    co_cancel_with(task, "mine");
    int r = attempt(co_join(task));
    ev("%s", py_exception(r));
    return 0;
}

Test(process, whose_start_is_interrupted_is_killed)
{
    expect_in_real_time(is_interrupted, "t=0 CancelledError mine\n"
                                        "t=0 CancelledError\n");
}

static int has_surroundings(void *)
{
    static const char *const env[] = { "PATH=/usr/bin:/bin", "WORD=here", NULL };
    co_process_options options = { .out = CO_PIPE, .cwd = "/", .env = env };
    co_process *process;
    co_bytes out;

    await(co_process_shell(options, &process, "pwd; echo $WORD $HOME"));
    await(co_process_communicate(process, (co_bytes){}, &out, NULL));
    co_say("%s", out.data);
    line("%s", py_bool(co_process_pid(process) > 0));
    return 0;
}

Test(process, runs_in_the_given_folder_with_the_given_environment)
{
    expect_in_real_time(has_surroundings, "/\nhere\nTrue\n");
}

/* ---- the end ------------------------------------------------------------- */

static int leaves_its_pipe_to_another(void *)
{
    co_process *process;

    await(co_process_shell(only_out, &process, "sleep 0.4 & exit 3"));
    await(co_sleep(0.2));
    ev("code %d", code_of(process));
    ev("killed %d", co_process_kill(process));
    await(co_process_wait(process));
    ev("%d", code_of(process));
    await(co_sleep(0.4));
    ev("%s", co_error_name(co_process_kill(process)));

    await(co_process_shell(only_out, &process, "sleep 0.4 & exit 3"));
    await(co_process_wait(process));
    ev("%d", code_of(process));
    return 0;
}

Test(process, is_done_when_its_pipes_are_closed_too)
{
    expect_in_real_time(leaves_its_pipe_to_another, "t=0.2 code 3\n"
                                                    "t=0.2 killed 0\n"
                                                    "t=0.2 3\n"
                                                    "t=0.6 ESRCH\n"
                                                    "t=1 3\n");
}

static int is_asked_to_end(void *)
{
    co_process *process;

    await(co_process_exec(nothing, &process, "sleep", "30"));
    co_process_terminate(process);
    await(co_process_wait(process));
    line("%d", code_of(process));
    await(co_process_exec(nothing, &process, "sleep", "30"));
    co_process_send_signal(process, SIGHUP);
    await(co_process_wait(process));
    line("%d", code_of(process));
    return 0;
}

Test(process, ended_by_a_signal_has_its_number)
{
    expect_in_real_time(is_asked_to_end, "-15\n-1\n");
}

static co_process *left;

static int leaves_one_running(void *)
{
    co_process *other;

    await(co_process_exec(pipes, &left, "cat"));
    co_process_drop(co_process_keep(left));
    await(co_process_exec(only_out, &other, "sleep", "0.1"));
    co_process_drop(other);
    return 0;
}

/* Valgrind reports memory that is not freed. */
Test(process, may_survive_the_run) { expect_in_real_time(leaves_one_running, ""); }

static int drops_one_that_runs(void *)
{
    co_process *process;

    await(co_process_exec(only_out, &process, "echo", "x"));
    co_process_drop(process);
    await(co_sleep(0.2));
    return 0;
}

Test(process, may_be_dropped_while_it_runs)
{
    expect_in_real_time(drops_one_that_runs, "");
}

static int waits_on_the_virtual_clock(void *)
{
    co_process *process;

    await(co_process_exec(nothing, &process, "sleep", "0.1"));
    await(co_sleep(1));
    ev("slept");
    ev("%d", code_of(process));
    return 0;
}

Test(process, keeps_the_virtual_clock_waiting)
{
    expect(waits_on_the_virtual_clock, "t=1 slept\n"
                                       "t=1 0\n");
}
