#include "cli/trace/form_parts.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli/text.h"

bool part_is(const char *a, const char *b) { return a && b && strcmp(a, b) == 0; }

char *part_copy(const char *text) { return xnonnull(strdup(text)); }

void part_move(char **to, char **from)
{
    free(*to);
    *to = *from;
    *from = NULL;
}

void part_print(FILE *out, const char *before, const char *name)
{
    if (!name)
        return;
    char *word = text_word(name);
    fprintf(out, "%s%s", before, word);
    free(word);
}

void part_print_length(FILE *out, int64_t length_us)
{
    text_print_time(out, length_us, 1000);
    fputs("ms", out);
}

bool part_parse_length(const char *text, int64_t *ret_length_us)
{
    /* 64 bits of nanoseconds hold no more. */
    const int64_t longest_us = INT64_MAX / 1000;
    int64_t length_us = 0, unit_us = 1000;

    if (!isdigit((unsigned char)*text))
        return false;
    for (; isdigit((unsigned char)*text); text++) {
        length_us = 10 * length_us + (*text - '0') * unit_us;
        if (length_us > longest_us)
            return false;
    }
    if (*text == '.')
        for (text++; isdigit((unsigned char)*text) && unit_us > 1; text++)
            length_us += (*text - '0') * (unit_us /= 10);
    *ret_length_us = length_us;
    return strcmp(text, "ms") == 0;
}

bool part_parse_number(const char *text, int64_t *ret_number)
{
    char *end;

    errno = 0;
    *ret_number = strtoll(text, &end, 10);
    return end != text && !*end && !errno && !isspace((unsigned char)*text);
}

size_t part_split(char *detail, char *words[PARTS_MAX])
{
    size_t count = 0;

    while (*detail && count < PARTS_MAX) {
        words[count++] = detail;
        detail += strcspn(detail, " ");
        if (*detail)
            *detail++ = '\0';
    }
    return count;
}
