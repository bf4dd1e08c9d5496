/* text.h — texts: make, clean, escape, measure, cut and wrap them.
 *
 * A program may print any byte. In a trace every text is valid UTF-8, and what is
 * written contains no character that moves the cursor.
 */
#ifndef CLI_TEXT_H
#define CLI_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* The memory, unless it is NULL: then the program ends with a message and
 * STATUS_INTERNAL. */
void *xnonnull(void *memory);

/* printf() into a new text. The caller frees it. */
char *text_format(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* A stream that puts its bytes into *ret_text when it is closed. The caller frees that.
 */
FILE *text_stream(char **ret_text, size_t *ret_size);

/* A copy in which each byte that is not UTF-8 becomes U+FFFD; NULL of NULL. */
char *text_clean(const char *text);

/* How many columns it takes on a terminal, in any locale. */
unsigned text_width(const char *text);

/* Print as much of the text as fits into `width` columns, with a `~` for the rest.
 * Returns the columns taken.
 */
unsigned text_print_cut(FILE *out, const char *text, unsigned width);

/* The part of a text that is its last `width` columns, or what fits in them. */
const char *text_end(const char *text, unsigned width);

/* A name as one word of a trace: blanks and control characters become `_`. */
char *text_word(const char *name);

/* Print control characters and backslashes as escapes. Between quotes a `"` is escaped
 * as well; without quotes, blanks at either end, since a line must not end in blanks.
 */
void text_print_escaped(FILE *out, const char *text, bool quoted);

/* The reverse, in place. False: there is an escape that text_print_escaped() never
 * writes.
 */
bool text_unescape(char *text);

/* A word in quotes, for a message: at most `most` characters, and none that a terminal
 * would obey. The caller frees it.
 */
char *text_quote(const char *word, size_t most);

/* Print the text in lines of at most `width` columns, each after `indent` blanks. The
 * cursor is in column `column`. A number and its unit, as in "1 s", stay together.
 */
void text_print_wrapped(FILE *out, const char *text, unsigned column, unsigned indent,
                        unsigned width);

/* Print microseconds as a number of units of `unit_us` each ("1.5", "1000"): with up to
 * six decimals, and no zeros at the end.
 */
void text_print_time(FILE *out, int64_t time_us, int64_t unit_us);

#endif
