/* The modes of the terminal when a run ends the process: by a stack overflow, which the
 * engine reports, or by another fault.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "cli/echo.h"
#include "engine/co.h"

static bool echoes_signals(int terminal)
{
    struct termios modes;

    cr_assert(zero(int, tcgetattr(terminal, &modes)));
    return modes.c_lflag & ECHOCTL;
}

static int open_terminal(int *ret_slave)
{
    int master = posix_openpt(O_RDWR | O_NOCTTY);

    bool opened = master >= 0 && grantpt(master) == 0 && unlockpt(master) == 0;
    cr_assert(opened);
    int slave = open(ptsname(master), O_RDWR | O_NOCTTY);
    cr_assert(slave >= 0 && echoes_signals(slave));
    *ret_slave = slave;
    return master;
}

/* Run `main` in a process whose terminal it is, hushed; returns the status. */
static int run_hushed(co_fn *main, int slave)
{
    int status, null = open("/dev/null", O_WRONLY);
    pid_t child = fork();

    if (child == 0) {
        setsid();
        ioctl(slave, TIOCSCTTY, 0);
        dup2(slave, STDIN_FILENO);
        dup2(null, STDERR_FILENO);
        signal(SIGSEGV, SIG_DFL); /* a sanitizer has its own handler */
        echo_hide_signals();
        if (echoes_signals(slave))
            _exit(1);
        co_run(main, &(co_options){ .virtual_time = true });
        _exit(2);
    }
    close(null);
    waitpid(child, &status, 0);
    return status;
}

static int overflows(void *)
{
    char room[200000];

    memset(room, 1, sizeof(room));
    __asm__ volatile("" : : "r"(room) : "memory");
    return room[0];
}

Test(echo, is_as_before_after_a_stack_overflow)
{
    int slave, master = open_terminal(&slave), status = run_hushed(overflows, slave);

    cr_assert(eq(int, WIFEXITED(status) ? WEXITSTATUS(status) : -1, 70));
    cr_assert(echoes_signals(slave));
    close(slave);
    close(master);
}

static int faults(void *)
{
    raise(SIGSEGV);
    return 0;
}

Test(echo, is_as_before_after_another_fault)
{
    int slave, master = open_terminal(&slave), status = run_hushed(faults, slave);

    cr_assert(eq(int, WIFSIGNALED(status) ? WTERMSIG(status) : -1, SIGSEGV));
    cr_assert(echoes_signals(slave));
    close(slave);
    close(master);
}
