/* lineed.h — lines somebody types.
 *
 * On a terminal with an editor: history, completion, a line to begin with. Without
 * one, or where nobody types, lines as they come.
 */
#ifndef CLI_LINEED_H
#define CLI_LINEED_H

#include <stdbool.h>
#include <stddef.h>

struct lineed;

struct lineed_options {
    const char *prompt;  /* NULL: none is shown */
    const char *history; /* the file to keep lines in; NULL: none */
    bool plain;          /* no editor, even if there is one */
};

enum lineed_result {
    LINEED_LINE,
    LINEED_END,         /* of the input */
    LINEED_INTERRUPTED, /* Ctrl-C; the line is lost. SIGINT must have a handler. */
};

struct lineed *lineed_open(const struct lineed_options *options);

/* The next line, without its end; good until the next call. A NUL may be in it. */
enum lineed_result lineed_read(struct lineed *lineed, const char **ret_line,
                               size_t *ret_length);

/* What the next line begins with, as if it had been typed. Only an editor can. */
void lineed_prefill(struct lineed *lineed, const char *text);

/* NULL is allowed. */
void lineed_close(struct lineed *lineed);

/* ---- Private Part -------------------------------------------------------- */

/* The two ways of reading; lineed_edit_open() returns NULL where there is no editor. */
struct lineed {
    enum lineed_result (*read)(struct lineed *self, const char **ret_line,
                               size_t *ret_length);
    void (*prefill)(struct lineed *self, const char *text);
    void (*close)(struct lineed *self);
};

struct lineed *lineed_edit_open(const struct lineed_options *options);

#endif
