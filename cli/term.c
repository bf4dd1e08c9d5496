#include "cli/term.h"

#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static bool env_is_set(const char *name)
{
    const char *value = getenv(name);

    return value && *value;
}

static bool env_is(const char *name, const char *expected)
{
    const char *value = getenv(name);

    return value && strcmp(value, expected) == 0;
}

bool term_is_dumb(void) { return !env_is_set("TERM") || env_is("TERM", "dumb"); }

static bool wants_colour(bool tty)
{
    if (env_is_set("NO_COLOR"))
        return false;
    if (env_is_set("CLICOLOR_FORCE") && !env_is("CLICOLOR_FORCE", "0"))
        return true;
    return tty && !env_is("CLICOLOR", "0") && !term_is_dumb();
}

static enum colours find_colours(void)
{
    const char *name = getenv("TERM");

    return env_is_set("COLORTERM") || (name && strstr(name, "256color")) ? COLOURS_256
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

void term_measure(struct term *term)
{
    enum { NARROWEST = 40, WIDEST = 100 };

    term->width = find_width(term->tty);
    term->prose = term->width < NARROWEST ? NARROWEST
                  : term->width > WIDEST  ? WIDEST
                                          : term->width;
}

struct term term_find(enum term_when colour, enum term_when unicode)
{
    struct term term = { .tty = isatty(STDOUT_FILENO) };

    if (colour == WHEN_AUTO ? wants_colour(term.tty) : colour == WHEN_ALWAYS)
        term.colours = find_colours();
    /* What is piped is often shown on a terminal in the end, without TERM being set. */
    term.unicode = unicode == WHEN_AUTO ? strcmp(nl_langinfo(CODESET), "UTF-8") == 0 &&
                                              !env_is("TERM", "dumb")
                                        : unicode == WHEN_ALWAYS;
    term_measure(&term);
    return term;
}
