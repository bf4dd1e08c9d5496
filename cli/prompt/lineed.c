#include "cli/prompt/lineed.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/text.h"

/* ---- without an editor --------------------------------------------------- */

struct plain {
    struct lineed lineed;
    const char *prompt;
    char *line;
    size_t capacity;
};

/* Show the prompt, and wait until there is something to read. False: Ctrl-C. The signal
 * is blocked before the wait, which would not notice it otherwise.
 */
static bool plain_ask(const char *prompt)
{
    struct pollfd input = { .fd = STDIN_FILENO, .events = POLLIN };
    sigset_t interrupt, usual;

    sigemptyset(&interrupt);
    sigaddset(&interrupt, SIGINT);
    sigprocmask(SIG_BLOCK, &interrupt, &usual);
    fputs(prompt, stderr);
    fflush(stderr);
    bool interrupted = ppoll(&input, 1, NULL, &usual) < 0 && errno == EINTR;
    sigprocmask(SIG_SETMASK, &usual, NULL);
    return !interrupted;
}

static enum lineed_result plain_read(struct lineed *self, const char **ret_line,
                                     size_t *ret_length)
{
    struct plain *plain = (struct plain *)self;

    if (plain->prompt && !plain_ask(plain->prompt)) {
        fputc('\n', stderr);
        return LINEED_INTERRUPTED;
    }
    ssize_t length = getline(&plain->line, &plain->capacity, stdin);
    if (length < 0) {
        if (plain->prompt)
            fputc('\n', stderr);
        return LINEED_END;
    }
    if (length && plain->line[length - 1] == '\n')
        plain->line[--length] = '\0';
    *ret_line = plain->line;
    *ret_length = (size_t)length;
    return LINEED_LINE;
}

static void plain_prefill(struct lineed *, const char *) {}

static void plain_close(struct lineed *self)
{
    struct plain *plain = (struct plain *)self;

    free(plain->line);
    free(plain);
}

static struct lineed *plain_open(const struct lineed_options *options)
{
    struct plain *plain = xnonnull(calloc(1, sizeof(*plain)));

    plain->lineed = (struct lineed){ plain_read, plain_prefill, plain_close };
    plain->prompt = options->prompt;
    return &plain->lineed;
}

/* ---- with or without an editor
 * -------------------------------------------------------------- */

struct lineed *lineed_open(const struct lineed_options *options)
{
    struct lineed *lineed = options->plain ? NULL : lineed_edit_open(options);

    return lineed ? lineed : plain_open(options);
}

enum lineed_result lineed_read(struct lineed *lineed, const char **ret_line,
                               size_t *ret_length)
{
    return lineed->read(lineed, ret_line, ret_length);
}

void lineed_prefill(struct lineed *lineed, const char *text)
{
    lineed->prefill(lineed, text);
}

void lineed_close(struct lineed *lineed)
{
    if (lineed)
        lineed->close(lineed);
}
