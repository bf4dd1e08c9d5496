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
static const co_process_options in_and_out = { .in = CO_PIPE, .out = CO_PIPE };

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

/* ---- dropped ------------------------------------------------------------- */

static int drops_one_that_runs_long(void *)
{
    co_process *process;

    await(co_process_exec(pipes, &process, "sleep", "5"));
    int pid = co_process_pid(process);
    co_process_drop(process);
    await(co_sleep(1000));
    ev("%s", py_bool(co_now() >= 1000));
    ev("%s", py_bool(kill(pid, 0) == 0));
    kill(pid, SIGKILL);
    return 0;
}

Test(process, that_was_dropped_does_not_hold_the_virtual_clock)
{
    expect(drops_one_that_runs_long, "t=1000 True\n"
                                     "t=1000 True\n");
}

struct starts_and_ends {
    int pid;
};

static int starts_and_ends(void *frame)
{
    struct starts_and_ends *self = frame;
    co_process *process;

    await(co_process_exec(only_out, &process, "sleep", "5"));
    self->pid = co_process_pid(process);
    return 0;
}

static int outlives_its_task(void *)
{
    co_task *task = co_spawn(starts_and_ends);

    await(co_join(task));
    await(co_sleep(1000));
    ev("%s", py_bool(kill(co_frame(starts_and_ends, task)->pid, SIGKILL) == 0));
    return 0;
}

Test(process, of_a_task_that_is_done_does_not_hold_it_either)
{
    expect(outlives_its_task, "t=1000 True\n");
}

static bool has_ended(int pid) { return kill(pid, 0) < 0; }

static int ends_after_it_was_dropped(void *)
{
    co_process *process;

    await(co_process_exec(pipes, &process, "sh", "-c", "echo x; sleep 0.1"));
    int pid = co_process_pid(process);
    co_process_drop(process);
    for (int i = 0; i < 500 && !has_ended(pid); i++) {
        block_thread(0.01);
        await(co_sleep(0));
    }
    line("%s", py_bool(has_ended(pid)));
    return 0;
}

/* A zombie can still be sent a signal. */
Test(process, that_was_dropped_leaves_no_zombie)
{
    expect(ends_after_it_was_dropped, "True\n");
}

static int waits_beside_a_dropped_one(void *)
{
    co_process *process;
    finally(co_future_finish) co_future never;

    await(co_process_exec(nothing, &process, "sleep", "5"));
    int pid = co_process_pid(process);
    co_process_drop(process);
    co_future_init(&never);
    int r = attempt(co_join(&never));
    line("%s %s", py_exception(r), py_bool(kill(pid, SIGKILL) == 0));
    return 0;
}

static int deadlocked(void)
{
    line("%s", co_error_name(co_run(waits_beside_a_dropped_one, NULL)));
    return 0;
}

Test(process, that_was_dropped_does_not_hide_a_deadlock)
{
    expect_program(
        deadlocked,
        "t=0 DEADLOCK (nothing ready, no timer: the loop would block forever)\n"
        "CancelledError True\n"
        "EDEADLK\n");
}

/* ---- processes that are left --------------------------------------------- */

static int kills_a_process_that_ignores_sigterm(void *)
{
    co_process *process;
    co_bytes word;

    await(co_process_shell(
        only_out, &process,
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

Test(process, that_ignores_sigterm_can_be_killed)
{
    expect_in_real_time(kills_a_process_that_ignores_sigterm, "TimeoutError None\n"
                                                              "-9\n");
}

struct waits {
    co_process *process;
    const char *name;
};

static int waits(void *frame)
{
    const struct waits *self = frame;

    await(co_process_wait(self->process)); /* which may be freed by then */
    line("%s", self->name);
    return 0;
}

static int several_wait(void *)
{
    co_process *process;

    await(co_process_exec(nothing, &process, "sleep", "0.2"));
    co_task *a = co_spawn(waits, process, "A"), *b = co_spawn(waits, process, "B");
    co_task *c = co_spawn(waits, process, "C");
    await(co_sleep(0));
    co_cancel(b);
    co_process_drop(process);
    await(co_settle(a, b, c));
    return 0;
}

Test(process, that_is_dropped_still_wakes_its_waiting_tasks)
{
    expect_in_real_time(several_wait, "A\n"
                                      "C\n");
}

static int drops_much(void *)
{
    co_process *process;

    await(co_process_shell(pipes, &process, "yes | head -c 1000000; sleep 2"));
    co_process_drop(process);
    await(co_sleep(0.2));
    line("end");
    return 0;
}

Test(process, that_is_dropped_may_have_full_pipes)
{
    expect_in_real_time(drops_much, "end\n");
}

static int is_left(void *frame)
{
    int *pid = frame;
    co_process *process;

    await(co_process_exec(pipes, &process, "sleep", "30"));
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

Test(process, continues_after_the_run_without_its_pipes)
{
    expect_with((co_options){}, NULL, runs_twice,
                "0 0\n"
                "0 0\n");
}

static int is_abandoned(void *)
{
    co_process *process;

    await(co_process_exec(in_and_out, &process, "sleep", "30"));
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

Test(process, may_be_left_by_an_abandoned_run)
{
    expect_with((co_options){}, NULL, abandons,
                "LOG ERROR Task was destroyed but it is pending!\n"
                "LOG ERROR Task was destroyed but it is pending!\n"
                "LOG ERROR Task was destroyed but it is pending!\n"
                "LOG ERROR Task was destroyed but it is pending!\n"
                "EABANDONED\n");
}
