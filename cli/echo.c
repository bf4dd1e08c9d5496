#include "cli/echo.h"

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <termios.h>
#include <unistd.h>

/* By these a run may end, or stop, on the way. */
static const int signals[] = { SIGHUP, SIGQUIT, SIGABRT, SIGPIPE, SIGTERM, SIGTSTP };

enum { SIGNALS = sizeof(signals) / sizeof(*signals) };

/* A terminal belongs to the process, and so do its signals. */
static struct termios usual;
static bool hushed;
static struct sigaction before[SIGNALS];

/* In the background the terminal is somebody else's: its modes mean nothing to us,
 * and who changes them is stopped.
 */
static bool is_ours(void) { return tcgetpgrp(STDIN_FILENO) == getpgrp(); }

static void set_modes(const struct termios *modes)
{
    if (is_ours())
        tcsetattr(STDIN_FILENO, TCSANOW, modes);
}

static void hush(void)
{
    struct termios modes = usual;

    modes.c_lflag &= (tcflag_t)~ECHOCTL;
    set_modes(&modes);
}

/* Let the signal do what it does, and go on if that was not the end. */
static void on_signal(int signal)
{
    struct sigaction own, usually = { .sa_handler = SIG_DFL };
    sigset_t only, mask;

    set_modes(&usual);
    sigaction(signal, &usually, &own);
    sigemptyset(&only);
    sigaddset(&only, signal);
    raise(signal);
    sigprocmask(SIG_UNBLOCK, &only, &mask);
    sigprocmask(SIG_SETMASK, &mask, NULL);
    sigaction(signal, &own, NULL);
    hush();
}

void echo_hush(void)
{
    struct sigaction action = { .sa_handler = on_signal, .sa_flags = SA_RESTART };

    if (!is_ours() || tcgetattr(STDIN_FILENO, &usual) < 0)
        return;
    hushed = true;
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < SIGNALS; i++) {
        sigaction(signals[i], NULL, &before[i]);
        if (before[i].sa_handler == SIG_DFL)
            sigaction(signals[i], &action, NULL);
    }
    hush();
}

void echo_restore(void)
{
    if (!hushed)
        return;
    set_modes(&usual);
    for (size_t i = 0; i < SIGNALS; i++)
        sigaction(signals[i], &before[i], NULL);
    hushed = false;
}
