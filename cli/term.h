/* term.h — how wide standard output is, and whether it shows colours and Unicode.
 *
 * The flags decide, then the environment, then the kind of file it is.
 */
#ifndef CLI_TERM_H
#define CLI_TERM_H

#include <stdbool.h>

#include "cli/colour.h"

enum term_when { WHEN_AUTO, WHEN_ALWAYS, WHEN_NEVER };

struct term {
    bool tty; /* standard output is a terminal */
    enum colours colours;
    bool unicode;
    unsigned width; /* columns */
    unsigned prose; /* columns for sentences: long lines are hard to read */
};

/* `colour` and `unicode` are the values of the flags. */
struct term term_find(enum term_when colour, enum term_when unicode);

/* Read the width again: a terminal may have been resized since. */
void term_measure(struct term *term);

/* True if the terminal can only print. */
bool term_is_dumb(void);

#endif
