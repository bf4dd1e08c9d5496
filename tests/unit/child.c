/* outside/child.c: the exit status and the streams of a program. How processes behave
 * in asyncio is in facts/process.c; how they start and end, in process.c here.
 */
#include <criterion/criterion.h>

#include "engine/core/loop_internal.h"
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

static int streams(void *)
{
    co_process_options options = { CO_DEVNULL, CO_PIPE, CO_STDOUT, NULL, NULL };
    co_process *process;
    co_bytes out;

    await(co_process_shell(options, &process, "cat; echo out; echo err >&2"));
    line("%s", py_bool(co_process_err(process) == NULL));
    await(co_process_communicate(process, (co_bytes){}, &out, NULL));
    co_say("%.*s", (int)out.size, (const char *)out.data);
    return 0;
}

Test(child, has_the_streams_it_is_given)
{
    expect_in_real_time(streams, "True\n"
                                 "out\n"
                                 "err\n");
}

static int does_not_start(void *)
{
    co_process_options options = { CO_PIPE, CO_PIPE, CO_PIPE, NULL, NULL };
    co_process *process;
    int r = attempt(co_process_exec(options, &process, "/nope"));

    line("%s", co_error_name(r));
    line("%u", co_loop_now->poll.dropped);
    return 0;
}

Test(child, that_does_not_start_does_not_count_as_running)
{
    expect_in_real_time(does_not_start, "ENOENT\n"
                                        "0\n");
}
