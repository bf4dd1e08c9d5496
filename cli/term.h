/* term.h — what may be written to standard output: how wide, in colour, in Unicode.
 *
 * Decided from the flags, then the environment, then what is at the other end.
 */
#ifndef CLI_TERM_H
#define CLI_TERM_H

#include <stdbool.h>

#include "cli/colour.h"

enum term_when { WHEN_AUTO, WHEN_ALWAYS, WHEN_NEVER };

struct term {
    bool tty; /* somebody is looking */
    enum colours colours;
    bool unicode;
    unsigned width; /* columns */
    unsigned prose; /* columns for what is read: wide lines are hard to */
};

/* `colour` and `unicode` are what the flags say. */
struct term term_find(enum term_when colour, enum term_when unicode);

/* True if the terminal can do no more than print. */
bool term_is_dumb(void);

#endif
