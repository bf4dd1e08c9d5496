/* Executors: functions in threads, their results, cancellation, context variables and
 * shutdown.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <unistd.h>

#include "tests/support/expect.h"

struct ticker {
};

static int ticker(void *)
{
    for (int i = 0; i < 2; i++) {
        await(co_sleep(0.1));
        ev("tick %d", i);
    }
    return 0;
}

struct work {
    char name;
    bool fail;
};

static int work(void *frame)
{
    const struct work *self = frame;

    block_thread(0.3);
    if (self->fail)
        return co_raise(CO_EVALUE, "%c", self->name);
    return self->name;
}

static int exec_01(void *)
{
    co_spawn(ticker);
    ev("%c", await(co_thread(work, 'A')));

    int r = attempt(co_join(co_execute(NULL, work, 'B', true)));
    if (r == CO_EVALUE)
        ev("%s", py_repr(r).s);
    return 0;
}

Test(executor, EXEC_01_a_thread_runs_it_while_the_loop_continues)
{
    expect_in_real_time(exec_01, "t=0.1 tick 0\n"
                                 "t=0.2 tick 1\n"
                                 "t=0.3 A\n"
                                 "t=0.6 ValueError('B')\n");
}

struct says_runs {
    const char *name;
};

static int says_runs(void *frame)
{
    line("thread runs %s", ((const struct says_runs *)frame)->name);
    return 0;
}

static int exec_02(void *)
{
    co_future *future = co_execute(NULL, says_runs, "executor");

    co_block(0.2);
    line("main: awaiting now");
    await(co_join(future));
    return await(co_thread(says_runs, "to_thread"));
}

Test(executor, EXEC_02_an_executor_begins_at_once_and_to_thread_when_awaited)
{
    expect_in_real_time(exec_02, "thread runs executor\n"
                                 "main: awaiting now\n"
                                 "thread runs to_thread\n");
}

struct finishes {
};

static int finishes(void *)
{
    block_thread(0.4);
    ev("thread finished");
    return 0;
}

static int exec_04(void *)
{
    co_execute(NULL, finishes);
    await(co_sleep(0.1));
    ev("main ends");
    return 0;
}

static int exec_04_program(void)
{
    int r = co_run(exec_04, NULL);

    ev("run returned");
    return r;
}

Test(executor, EXEC_04_a_run_waits_for_the_threads_of_its_default_executor)
{
    expect_with((co_options){}, NULL, exec_04_program,
                "t=0.1 main ends\n"
                "t=0.4 thread finished\n"
                "t=0.4 run returned\n");
}

struct says_ran {
    char name;
};

static int says_ran(void *frame)
{
    block_thread(0.2);
    ev("thread ran %c", ((const struct says_ran *)frame)->name);
    return 0;
}

static void finish(co_executor **executor) { co_executor_finish(*executor); }

static int exec_05(void *)
{
    finally(finish) co_executor *pool = co_executor_new(1);
    co_future *a = co_execute(pool, says_ran, 'A');
    co_future *b = co_execute(pool, says_ran, 'B');
    co_future *c = co_execute(pool, says_ran, 'C');

    await(co_sleep(0.1));
    ev("cancel B -> %s", py_bool(co_cancel(b)));
    return await(co_settle(a, c));
}

Test(executor, EXEC_05_a_queued_function_is_really_cancelled)
{
    expect_in_real_time(exec_05, "t=0.1 cancel B -> True\n"
                                 "t=0.2 thread ran A\n"
                                 "t=0.4 thread ran C\n");
}

static co_contextvar variable = { "default" };

struct get {
    const char *value;
};

static int get(void *frame)
{
    ((struct get *)frame)->value = co_contextvar_get(&variable);
    return 0;
}

struct get_into {
    const char **value;
};

static int get_into(void *frame)
{
    *((struct get_into *)frame)->value = co_contextvar_get(&variable);
    return 0;
}

static int exec_06(void *)
{
    const char *value = "";

    co_contextvar_set(&variable, "main");
    await(co_thread(get_into, &value));
    co_future *future = co_execute(NULL, get);
    await(co_join(future));
    line("%s %s", value, co_job_frame(get, future)->value);
    return 0;
}

Test(executor, EXEC_06_only_to_thread_passes_context_variables_on)
{
    expect_in_real_time(exec_06, "main default\n");
}

struct nothing {
};

static int nothing(void *) { return 0; }

struct naps {
    int result;
};

static int naps(void *frame)
{
    block_thread(0.2);
    return ((const struct naps *)frame)->result;
}

struct naps_in_thread {
    int result;
};

static int naps_in_thread(void *frame)
{
    return await(co_thread(naps, ((const struct naps_in_thread *)frame)->result));
}

static int exec_07(void *)
{
    const int processors = (int)sysconf(_SC_NPROCESSORS_ONLN);
    co_task *tasks[4];

    await(co_join(co_execute(NULL, nothing)));
    line("default size ok: %s",
         py_bool((int)co_executor_threads(co_default_executor()) ==
                 (processors < 28 ? processors + 4 : 32)));
    co_set_default_executor(co_executor_new(2));
    for (int i = 0; i < 4; i++)
        tasks[i] = co_spawn(naps_in_thread, i);
    double start = co_now();
    for (int i = 0; i < 4; i++) {
        int n = await(co_join(tasks[i]));
        line("%d %.1f", n, co_now() - start);
    }
    return 0;
}

Test(executor, EXEC_07_an_executor_has_n_threads_and_a_queue)
{
    expect_in_real_time(exec_07, "default size ok: True\n"
                                 "0 0.2\n"
                                 "1 0.2\n"
                                 "2 0.4\n"
                                 "3 0.4\n");
}

static int exec_09(void *)
{
    await(co_shutdown_default_executor());

    int r = attempt(co_thread(nothing));
    if (r == CO_ERUNTIME)
        line("RuntimeError: %s", co_why());
    return 0;
}

Test(executor, EXEC_09_once_shut_down_the_default_executor_refuses_work)
{
    expect_in_real_time(exec_09, "RuntimeError: Executor shutdown has been called\n");
}

struct pause_for {
    double seconds;
};

static int pause_for(void *frame)
{
    block_thread(((const struct pause_for *)frame)->seconds);
    return 0;
}

struct job {
    char name;
    double seconds;
};

static int job(void *frame)
{
    const struct job *self = frame;

    await(co_thread(pause_for, self->seconds));
    ev("%c", self->name);
    return 0;
}

static int exec_10(void *)
{
    await(co_gather(co_spawn(job, 'A', 0.3), co_spawn(job, 'B', 0.1),
                    co_spawn(job, 'C', 0.2)));
    return 0;
}

Test(executor, EXEC_10_tasks_continue_in_the_order_their_threads_end)
{
    expect_in_real_time(exec_10, "t=0.1 B\n"
                                 "t=0.2 C\n"
                                 "t=0.3 A\n");
}
