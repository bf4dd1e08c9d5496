/* command.h — one command is one file and one line of a table.
 *
 * The table finds it, checks what it is given, prints its help and completes it. The
 * words and flags are the same at the prompt, in a script and after the program's
 * name.
 */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include <stddef.h>
#include <stdint.h>

#include "cli/flags.h"
#include "cli/session.h"

/* What a command's names are names of. */
enum command_names {
    NAMES_NONE,
    NAMES_LESSONS,
    NAMES_EXAMPLES,
    NAMES_FILES,
    NAMES_HELP
};

struct arguments {
    struct flags flags;
    const char *const *names;
    size_t count;
};

struct command {
    const char *name;
    const char *alias;    /* NULL: none */
    const char *usage;    /* its names, as in help */
    const char *help;     /* what it does, in a line */
    const char *examples; /* command, two blanks or more, remark; a line each */
    uint64_t flags;       /* FLAG(…) of those it takes beside FLAGS_COMMON */
    enum command_names names;
    size_t most; /* how many names it takes */
    int (*run)(struct session *session, const struct arguments *arguments);
};

/* In the order of help, with NULL at the end. */
extern const struct command *const commands[];

/* The command of this name or alias; NULL: none. */
const struct command *command_find(const char *name);

/* Run the command the words make, or the lesson they name; the exit status. */
int command_run(struct session *session, size_t count, const char *const words[]);

/* Help for one command, and for all. */
void command_print_help(const struct session *session, const struct command *command);
void command_print_all(const struct session *session);

#endif
