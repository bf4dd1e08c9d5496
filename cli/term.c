#include "cli/term.h"

#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static bool is_set(const char *name)
{
    const char *value = getenv(name);

    return value && *value;
}

static bool is(const char *name, const char *expected)
{
    const char *value = getenv(name);

    return value && strcmp(value, expected) == 0;
}

bool term_is_dumb(void) { return !is_set("TERM") || is("TERM", "dumb"); }

static bool wants_colour(bool tty)
{
    if (is_set("NO_COLOR"))
        return false;
    if (is_set("CLICOLOR_FORCE") && !is("CLICOLOR_FORCE", "0"))
        return true;
    return tty && !is("CLICOLOR", "0") && !term_is_dumb();
}

static enum colours find_colours(void)
{
    const char *name = getenv("TERM");

    return is_set("COLORTERM") || (name && strstr(name, "256color")) ? COLOURS_256
                                                                     : COLOURS_8;
}

static unsigned find_width(bool tty)
{
    enum { USUAL = 80, WIDEST = 1000 };
    struct winsize size;
    const char *columns = getenv("COLUMNS");
    long width = 0;

    if (tty && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
        width = size.ws_col;
    if (width == 0 && columns)
        width = strtol(columns, NULL, 10);
    if (width <= 0)
        width = USUAL;
    return width > WIDEST ? WIDEST : (unsigned)width;
}

struct term term_find(enum term_when colour, enum term_when unicode)
{
    enum { NARROWEST = 40, WIDEST = 100 };
    struct term term = { .tty = isatty(STDOUT_FILENO) };

    if (colour == WHEN_AUTO ? wants_colour(term.tty) : colour == WHEN_ALWAYS)
        term.colours = find_colours();
    /* A pipe may well end where no terminal is, and then TERM says nothing. */
    term.unicode = unicode == WHEN_AUTO ? strcmp(nl_langinfo(CODESET), "UTF-8") == 0 &&
                                              !is("TERM", "dumb")
                                        : unicode == WHEN_ALWAYS;
    term.width = find_width(term.tty);
    term.prose = term.width < NARROWEST ? NARROWEST
                 : term.width > WIDEST  ? WIDEST
                                        : term.width;
    return term;
}
