#include "cli/echo.h"

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <termios.h>
#include <unistd.h>

#include "engine/fatal.h"

/* Signals that may end or stop the program during a run. */
static const int signals[] = { SIGHUP,  SIGQUIT, SIGABRT, SIGPIPE, SIGTERM,
                               SIGTSTP, SIGSEGV, SIGBUS,  SIGFPE,  SIGILL };

enum { SIGNALS = sizeof(signals) / sizeof(*signals) };

/* The terminal and the signals are those of the process, so this is global. */
static struct termios usual;
static bool hidden;
static struct sigaction before[SIGNALS];
static co_fatal_hook *hook_before;

/* In the background the terminal belongs to another process group: a program that
 * changes its modes then is stopped.
 */
static bool is_foreground(void) { return tcgetpgrp(STDIN_FILENO) == getpgrp(); }

static void set_modes(const struct termios *modes)
{
    if (is_foreground())
        tcsetattr(STDIN_FILENO, TCSANOW, modes);
}

static void hide_signals(void)
{
    struct termios modes = usual;

    modes.c_lflag &= (tcflag_t)~ECHOCTL;
    set_modes(&modes);
}

/* A stack overflow, or another end of the process by the engine. */
static void on_fatal(void) { set_modes(&usual); }

/* Let the signal have its usual effect, and continue if the program is still there. */
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
    hide_signals();
}

void echo_hide_signals(void)
{
    struct sigaction action = { .sa_handler = on_signal,
                                .sa_flags = SA_RESTART | SA_ONSTACK };

    if (!is_foreground() || tcgetattr(STDIN_FILENO, &usual) < 0)
        return;
    hidden = true;
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < SIGNALS; i++) {
        sigaction(signals[i], NULL, &before[i]);
        if (before[i].sa_handler == SIG_DFL)
            sigaction(signals[i], &action, NULL);
    }
    hook_before = co_at_fatal(on_fatal);
    hide_signals();
}

void echo_restore(void)
{
    if (!hidden)
        return;
    set_modes(&usual);
    for (size_t i = 0; i < SIGNALS; i++)
        sigaction(signals[i], &before[i], NULL);
    co_at_fatal(hook_before);
    hidden = false;
}
