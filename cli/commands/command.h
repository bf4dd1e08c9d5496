/* command.h — a command is one file, and one line of the table in command.c.
 *
 * The table finds a command, checks its names and flags, prints its help and completes
 * its line. The words are the same at the prompt, in a script and after the program's
 * name.
 */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include <stddef.h>

#include "cli/commands/catalogue.h"
#include "cli/commands/session.h"
#include "cli/flags.h"

/* What the names that a command takes are names of. */
enum command_names {
    NAMES_NONE,
    NAMES_ANY, /* new ones */
    NAMES_LESSONS,
    NAMES_EXAMPLES, /* or of lessons; they are looked up before the command runs */
    NAMES_FILES,
    NAMES_ABOUT, /* lessons, examples and topics */
    NAMES_HELP,  /* and commands */
};

struct arguments {
    struct flags flags;
    const char *const *names;
    size_t count;
    const struct choice *choices; /* NAMES_EXAMPLES: what each name stands for */
};

struct command {
    const char *name;
    const char *alias;    /* NULL: none */
    const char *usage;    /* its names, as in help */
    const char *help;     /* what it does, in a line */
    const char *examples; /* command, two blanks or more, remark; a line each */
    flag_list flags;      /* what it takes beside flags_common; NULL: nothing */
    enum command_names names;
    size_t least, most; /* how many names it takes; least > 0: names of lessons */
    int (*run)(struct session *session, const struct arguments *arguments);
};

/* In the order of help, with NULL at the end. */
extern const struct command *const commands[];

/* The command of this name or alias; NULL: none. */
const struct command *command_find(const char *name);

/* The flags there are: in common, without a command, and of each command; with NULL at
 * the end.
 */
const flag_list *command_flag_lists(void);

/* Offer the names of all commands; see catalogue_find_or_report(). */
void command_offer_names(struct suggestion *meant);

/* Run the command the words make, or the lesson they name; the exit status. */
int command_run(struct session *session, size_t count, const char *const words[]);

/* Print the help for one command, and for all. */
void command_print_help(const struct session *session, const struct command *command);
void command_print_all(const struct session *session);

#endif
