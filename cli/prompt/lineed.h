/* lineed.h — read lines that are typed, or those of a script.
 *
 * On a terminal with an editor there are history, completion, and text that stands in
 * the line already. Otherwise lines are read as they are.
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

/* Read the next line, without its newline. It is valid until the next call, and may
 * contain a NUL.
 */
enum lineed_result lineed_read(struct lineed *lineed, const char **ret_line,
                               size_t *ret_length);

/* Begin the next line with this text, as if it were typed. Does nothing without an
 * editor.
 */
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
