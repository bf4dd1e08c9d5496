/* session.h — what lasts from one command to the next, and how errors are reported.
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
    struct flags defaults; /* given without a command: they hold for all commands */
    bool prompt;           /* commands are typed at the prompt */
    bool leave;            /* at the prompt: that was the last command */
    size_t line;           /* of a script; 0: the command follows the program's name */
    struct term term;      /* as the command that runs may use it */
    const char *command;   /* its name; NULL: none is known yet */
    const char *const *words; /* the line it stands in */
    size_t word_count;
    char *retry;         /* the line with the word that was probably meant, or NULL */
    struct trace last;   /* of the last run */
    bool hinted;         /* --level loop has been mentioned */
    bool seed_mentioned; /* that --seed changes nothing in an example */
    bool stateless;      /* --no-state: the command leaves no files behind */
    bool *seen;          /* see progress.h; NULL: not asked for yet */
    bool progress_loaded;
};

void session_finish(struct session *session);

/* Write a sentence to standard error, and return `status`. Before it stand the program
 * and the command, or the line of the script; at the prompt nothing.
 */
int session_error(struct session *session, enum status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* At the prompt, offer the line again with `instead` in the place of `word`. */
void session_offer(struct session *session, const char *word, const char *instead);

/* What must stand before a command that is quoted in a remark, so that it can be typed
 * as it is: "interleave ", or "" at the prompt and in a script.
 */
const char *session_before_command(const struct session *session);

#endif
