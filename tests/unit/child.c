/* outside/child.c: starting a program, its streams, and its exit status. How processes
 * behave in asyncio is in facts/process.c; what they cost and how they are left, in
 * process.c here.
 */
#include <criterion/criterion.h>

#include "tests/support/expect.h"

static int exits(void *)
{
    co_process *process;

    await(co_process_shell((co_process_options){}, &process, "exit 3"));
    line("%s", py_bool(co_process_pid(process) > 0));
    await(co_process_wait(process));
    line("%d", *co_process_returncode(process));
    line("%s", py_exception(co_process_kill(process)));
    return 0;
}

Test(child, has_the_exit_status_of_the_program)
{
    expect_in_real_time(exits, "True\n"
                               "3\n"
                               "ProcessLookupError\n");
}

static int is_killed(void *)
{
    co_process *process;

    await(co_process_exec((co_process_options){}, &process, "sleep", "100"));
    line("%s", py_bool(co_process_returncode(process) == NULL));
    line("%d", co_process_kill(process));
    await(co_process_wait(process));
    line("%d", *co_process_returncode(process));
    return 0;
}

Test(child, has_minus_the_number_of_the_signal_that_ended_it)
{
    expect_in_real_time(is_killed, "True\n"
                                   "0\n"
                                   "-9\n");
}

static int is_missing(void *)
{
    co_process *process = NULL;

    line("%s", co_error_name(attempt(
                   co_process_exec((co_process_options){}, &process, "/no/such"))));
    line("%s", py_bool(process == NULL));
    return 0;
}

Test(child, that_cannot_be_started_is_an_error_at_once)
{
    expect_in_real_time(is_missing, "ENOENT\n"
                                    "True\n");
}

static int streams(void *)
{
    static const char *const environment[] = { "WORD=hello", NULL };
    co_process_options options = {
        .in = CO_DEVNULL,
        .out = CO_PIPE,
        .err = CO_STDOUT,
        .cwd = "/",
        .env = environment,
    };
    co_process *process;
    co_bytes out;

    await(co_process_shell(options, &process, "cat; pwd; echo $WORD >&2"));
    line("%s", py_bool(co_process_err(process) == NULL));
    await(co_process_communicate(process, (co_bytes){}, &out, NULL));
    co_say("%.*s", (int)out.size, (const char *)out.data);
    return 0;
}

Test(child, has_the_streams_the_folder_and_the_environment_it_is_given)
{
    expect_in_real_time(streams, "True\n"
                                 "/\n"
                                 "hello\n");
}
