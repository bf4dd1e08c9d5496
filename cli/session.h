/* session.h — what a command knows of the program it is part of.
 */
#ifndef CLI_SESSION_H
#define CLI_SESSION_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/flags.h"
#include "cli/status.h"
#include "cli/term.h"
#include "cli/trace/trace.h"

struct session {
    struct flags defaults; /* what the command line said before any command */
    bool prompt;           /* somebody types the commands */
    bool leave;            /* at the prompt: that was the last one */
    size_t line;         /* of a script; 0: the command came with the program's name */
    struct term term;    /* of the command that runs */
    const char *command; /* its name; NULL: none is known yet */
    const char *const *words; /* the line it stands in */
    size_t word_count;
    char *retry;       /* what was probably meant by the line, to be typed again */
    struct trace last; /* of the last run */
    bool hinted;       /* that a trace can tell more */
};

void session_finish(struct session *session);

/* Say what is wrong, in a sentence on standard error, and return `status`. Who says
 * it comes first: the program and the command, the line of the script, or at the
 * prompt nobody.
 */
int session_complain(struct session *session, enum status status, const char *format,
                     ...) __attribute__((format(printf, 3, 4)));

/* At the prompt, offer the line again with another word in the place of one. */
void session_offer(struct session *session, const char *word, const char *instead);

/* Before a command in a remark: "interleave " where it takes that to type it. */
const char *session_before_command(const struct session *session);

#endif
