/* form_parts.h — the parts that details are made of.
 */
#ifndef CLI_FORM_PARTS_H
#define CLI_FORM_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* True if the texts are equal; NULL equals nothing. */
bool part_is(const char *a, const char *b);

char *part_copy(const char *text);

/* Make *to the owner of what *from owns, which becomes NULL. */
void part_move(char **to, char **from);

/* Print `before` and a name as one word; nothing if the name is NULL. */
void part_print(FILE *out, const char *before, const char *name);

/* "1000ms", with up to three decimals. */
void part_print_length(FILE *out, int64_t length_us);
bool part_parse_length(const char *text, int64_t *ret_length_us);

bool part_parse_number(const char *text, int64_t *ret_number);

enum { PARTS_MAX = 6 };

/* Split a detail at its blanks, in place; how many words, PARTS_MAX if too many. */
size_t part_split(char *detail, char *words[PARTS_MAX]);

#endif
