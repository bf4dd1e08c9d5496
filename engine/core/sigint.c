/* sigint.c — Ctrl-C while main runs, as asyncio.run() has it. */
#include <errno.h>
#include <signal.h>

#include "engine/core/loop_internal.h"

static void on_sigint(int number)
{
    int before = errno;

    (void)number;
    co_interrupt();
    errno = before;
}

bool co_sigint_catch(void)
{
    struct sigaction action = { .sa_handler = on_sigint, .sa_flags = SA_RESTART };
    struct sigaction before;

    sigaction(SIGINT, NULL, &before);
    if ((before.sa_flags & SA_SIGINFO) || before.sa_handler != SIG_DFL)
        return false;
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    return true;
}

/* Unless the program has set another action meanwhile. */
void co_sigint_release(void)
{
    struct sigaction now;

    sigaction(SIGINT, NULL, &now);
    if (!(now.sa_flags & SA_SIGINFO) && now.sa_handler == on_sigint)
        sigaction(SIGINT, &(struct sigaction){ .sa_handler = SIG_DFL }, NULL);
}
