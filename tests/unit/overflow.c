/* system/overflow.c: a stack overflow ends the process with a sentence that names the
 * task; any other fault reaches the handler that was there before.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/expect.h"

struct recurses {
    int depth;
};

static __attribute__((noinline)) int recurses(void *frame)
{
    volatile char room[1024];

    room[0] = (char)((const struct recurses *)frame)->depth;
    if (room[0] == 127)
        return 0;
    return recurses(&(struct recurses){ 1 }) + room[0];
}

static int named(void *)
{
    return await(
        co_join(co_spawn_with((co_spawn_options){ .name = "digger" }, recurses)));
}

Test(overflow, names_the_task_its_coroutine_and_the_size_of_its_stack)
{
    expect_fatal(named,
                 "task digger (recurses) used more than its stack of 65536 bytes");
}

static int unnamed(void *) { return await(co_join(co_spawn(recurses))); }

Test(overflow, of_a_task_without_a_name_shows_its_number)
{
    expect_fatal(unnamed, "task Task-2 (recurses)");
}

static int faults(void *)
{
    volatile int *nowhere = NULL;

    return *nowhere;
}

Test(overflow, is_not_what_another_fault_is_taken_for)
{
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_UNDEFINED__)
    int status;

    pid_t child = fork();
    if (child == 0) {
        close(STDERR_FILENO);
        signal(SIGSEGV, SIG_DFL);
        co_run(faults, &(co_options){ .virtual_time = true });
        _exit(0);
    }
    waitpid(child, &status, 0);
    cr_assert(eq(int, WIFSIGNALED(status) ? WTERMSIG(status) : 0, SIGSEGV));
#endif
}
