/* main.c — one command from the arguments, the prompt, or a script. */
#include <errno.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/prompt/prompt.h"
#include "cli/text.h"

/* What may be said without a command: how those to come are to be run. */
static const uint64_t defaults =
    FLAGS_COMMON | FLAG(CLOCK) | FLAG(FORMAT) | FLAG(JSON) | FLAG(KEEP_GOING) |
    FLAG(LEVEL) | FLAG(MAX_PAUSE) | FLAG(NO_HEADER) | FLAG(SEED) | FLAG(SPEED);

/* True if the words are flags only, and such that a prompt or a script can begin with
 * them; they are then the session's.
 */
static bool take_defaults(struct session *session, size_t count,
                          const char *const words[])
{
    const char **names = need(calloc(count + 1, sizeof(*names)));
    struct flags flags = {};
    struct problem problem;

    if (count)
        memcpy(names, words, count * sizeof(*names));
    bool only = flags_parse(&flags, count, names, &problem) == 0 && !problem.sentence;
    problem_finish(&problem);
    free(names);
    if (!only || flags.given & ~defaults || flags.given & (FLAG(HELP) | FLAG(VERSION)))
        return false;
    session->defaults = flags;
    return true;
}

/* Shells want to see by which signal a process ended, not a number that looks so. */
static void die_interrupted(void)
{
    signal(SIGINT, SIG_DFL);
    raise(SIGINT);
}

int main(int argc, char *argv[])
{
    struct session session = {};
    size_t count = argc > 0 ? (size_t)argc - 1 : 0;
    const char *const *words = (const char *const *)argv + (argc > 0);
    int status;

    setlocale(LC_CTYPE, "");
    signal(SIGPIPE, SIG_DFL);
    if (!take_defaults(&session, count, words))
        status = command_run(&session, count, words);
    else if (isatty(STDIN_FILENO))
        status = prompt_run(&session);
    else
        status =
            prompt_script(&session, flags_have(&session.defaults, FLAG_KEEP_GOING));
    session_finish(&session);
    if (status == STATUS_INTERRUPTED)
        die_interrupted();
    if (fclose(stdout) != 0 && status == STATUS_OK) {
        fprintf(stderr, "interleave: cannot write to standard output: %s\n",
                strerror(errno));
        status = STATUS_FILE;
    }
    return status;
}
