/* main.c — one command from the arguments, the prompt, or a script. */
#include <errno.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/commands/command.h"
#include "cli/prompt/prompt.h"
#include "cli/text.h"

/* Take the words as the session's defaults, and return true, if they are flags only,
 * and such that a prompt or a script can begin with them.
 */
static bool take_defaults(struct session *session, size_t count,
                          const char *const words[])
{
    const char **names = xnonnull(calloc(count + 1, sizeof(*names)));
    struct flags flags = {};
    struct problem problem;

    if (count)
        memcpy(names, words, count * sizeof(*names));
    size_t left = flags_parse(&flags, command_flag_lists(), count, names, &problem);
    bool good = left == 0 && !problem.sentence;
    for (size_t i = 0; i < flags.count; i++)
        good = good && flags.values[i].flag->lasting;
    problem_finish(&problem);
    free(names);
    if (good)
        session->defaults = flags;
    else
        flags_finish(&flags);
    return good;
}

/* A shell must see that the process ended by the signal itself. */
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
            prompt_script(&session, flags_have(&session.defaults, &flag_keep_going));
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
