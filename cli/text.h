/* text.h — texts: owned, clean, escaped, measured, wrapped.
 *
 * What a program says may hold any byte. Inside a trace every text is valid UTF-8,
 * and on its way out nothing in it can move a cursor.
 */
#ifndef CLI_TEXT_H
#define CLI_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* Memory that is there, or the program ends with a sentence (and 70). */
void *xnonnull(void *memory);

/* printf into a text of its own. */
char *text_format(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* A stream whose bytes are in *ret_text once it is closed. */
FILE *text_stream(char **ret_text, size_t *ret_size);

/* A copy in which every byte that is no UTF-8 has become U+FFFD. NULL gives NULL. */
char *text_clean(const char *text);

/* How many columns it takes on a terminal, whatever the locale says. */
unsigned text_width(const char *text);

/* Print so much of it as fits, a `~` in the place of the rest; the columns taken. */
unsigned text_print_cut(FILE *out, const char *text, unsigned width);

/* The part of a text that is its last `width` columns, or what fits in them. */
const char *text_end(const char *text, unsigned width);

/* A name as one word of a trace: what is blank, or moves a cursor, becomes `_`. */
char *text_word(const char *name);

/* Control characters and backslashes as escapes. In quotes a `"` as well; without,
 * blanks at either end, since a line has none at its end.
 */
void text_print_escaped(FILE *out, const char *text, bool quoted);

/* The way back, in place. False: an escape nobody writes. */
bool text_unescape(char *text);

/* A word somebody typed, quoted for a message: short, and harmless to a terminal.
 * The caller frees it.
 */
char *text_quote(const char *word, size_t most);

/* Print the text as lines of at most `width` columns, each after `indent` blanks;
 * the first begins where the cursor is, in column `column`. "1 s" is not parted.
 */
void text_print_wrapped(FILE *out, const char *text, unsigned column, unsigned indent,
                        unsigned width);

/* Microseconds as a number of `unit` ("1.5" s, "1000" ms): up to six decimals, no
 * zeros at the end. `unit_us` is what one is.
 */
void text_print_time(FILE *out, int64_t time_us, int64_t unit_us);

#endif
