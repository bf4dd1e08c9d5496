/* Processes without a waiting task: dropped, left over; and those that several wait
 * for.
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

Test(process_edge, that_was_dropped_does_not_hold_the_virtual_clock)
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

Test(process_edge, of_a_task_that_is_done_does_not_hold_it_either)
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
Test(process_edge, that_was_dropped_leaves_no_zombie)
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

Test(process_edge, that_was_dropped_does_not_hide_a_deadlock)
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

Test(process_edge, that_ignores_sigterm_can_be_killed)
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

Test(process_edge, that_is_dropped_still_wakes_its_waiting_tasks)
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

Test(process_edge, that_is_dropped_may_have_full_pipes)
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

Test(process_edge, continues_after_the_run_without_its_pipes)
{
    expect_with((co_options){}, NULL, runs_twice,
                "0 0\n"
                "0 0\n");
}

static int ends_with_7(void *frame)
{
    co_process **kept = frame;

    await(co_process_shell(in_and_out, kept, "exit 7"));
    co_process_keep(*kept);
    return co_process_wait(*kept);
}

static int ends_with_9(void *frame)
{
    const co_process *kept = frame;
    co_process *process;

    await(co_process_shell(in_and_out, &process, "exit 9"));
    await(co_process_wait(process));
    line("%d %d", *co_process_returncode(kept), *co_process_returncode(process));
    return 0;
}

static int asks_after_the_run(void)
{
    co_process *kept = NULL;

    await(co_run_with(ends_with_7, &kept, NULL));
    line("%d", *co_process_returncode(kept));
    await(co_run_with(ends_with_9, kept, NULL));
    co_process_drop(kept);
    return 0;
}

Test(process_edge, that_is_kept_has_a_returncode_after_its_run)
{
    expect_with((co_options){}, NULL, asks_after_the_run,
                "7\n"
                "7 9\n");
}

static int leaves_a_reader(void *frame)
{
    co_process **kept = frame;

    await(co_process_shell(in_and_out, kept, "cat; exit 5"));
    co_process_keep(*kept);
    return 0;
}

static int waits_for_it(void *frame)
{
    co_process *kept = frame;
    co_bytes rest;

    await(co_process_wait(kept));
    line("%d", *co_process_returncode(kept));
    return await(co_reader_rest(co_process_out(kept), &rest));
}

static int waits_in_the_next_run(void)
{
    co_process *kept = NULL;

    await(co_run_with(leaves_a_reader, &kept, NULL));
    return co_run_with(waits_for_it, kept, NULL);
}

Test(process_edge, that_is_kept_loses_its_pipes_and_ends_in_a_later_run)
{
    expect_with((co_options){}, NULL, waits_in_the_next_run, "5\n");
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

Test(process_edge, may_be_left_by_an_abandoned_run)
{
    expect_with((co_options){}, NULL, abandons,
                "LOG ERROR Task was destroyed but it is pending!\n"
                "LOG ERROR Task was destroyed but it is pending!\n"
                "LOG ERROR Task was destroyed but it is pending!\n"
                "LOG ERROR Task was destroyed but it is pending!\n"
                "EABANDONED\n");
}
