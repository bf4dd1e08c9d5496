#include "cli/lineed.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/text.h"

/* ---- lines as they come ---- */

struct plain {
    struct lineed lineed;
    const char *prompt;
    char *line;
    size_t room;
};

static enum lineed_result plain_read(struct lineed *self, const char **ret_line,
                                     size_t *ret_length)
{
    struct plain *plain = (struct plain *)self;

    if (plain->prompt) {
        fputs(plain->prompt, stderr);
        fflush(stderr);
    }
    errno = 0;
    ssize_t length = getline(&plain->line, &plain->room, stdin);
    if (length < 0 && errno == EINTR) {
        clearerr(stdin);
        fputc('\n', stderr);
        return LINEED_INTERRUPTED;
    }
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
    struct plain *plain = need(calloc(1, sizeof(*plain)));

    plain->lineed = (struct lineed){ plain_read, plain_prefill, plain_close };
    plain->prompt = options->prompt;
    return &plain->lineed;
}

/* ---- either ---- */

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
