#include "cli/suggest.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/text.h"

static size_t min_of(size_t a, size_t b) { return a < b ? a : b; }

static unsigned char letter(const char *text, size_t i)
{
    return (unsigned char)tolower((unsigned char)text[i]);
}

size_t suggest_distance(const char *a, const char *b)
{
    enum { MOST = SUGGEST_MAX_LENGTH };
    size_t rows = strnlen(a, MOST), columns = strnlen(b, MOST);
    size_t far = rows + columns;
    /* cost[i + 1][j + 1] is that of i letters of a and j of b. In the border before it
     * a swap costs too much: it would need letters that are not there. */
    size_t cost[MOST + 2][MOST + 2];
    size_t row_of[256] = { 0 }; /* last row so far with this letter of a; 0: none */

    cost[0][0] = far;
    for (size_t i = 0; i <= rows; i++) {
        cost[i + 1][0] = far;
        cost[i + 1][1] = i;
    }
    for (size_t j = 0; j <= columns; j++) {
        cost[0][j + 1] = far;
        cost[1][j + 1] = j;
    }
    for (size_t i = 1; i <= rows; i++) {
        size_t column_of = 0; /* last column of this row with an equal letter */
        for (size_t j = 1; j <= columns; j++) {
            size_t k = row_of[letter(b, j - 1)], l = column_of;
            size_t changed = 1;
            if (letter(a, i - 1) == letter(b, j - 1)) {
                changed = 0;
                column_of = j;
            }
            size_t swapped = cost[k][l] + (i - k - 1) + 1 + (j - l - 1);
            size_t one = min_of(cost[i + 1][j], cost[i][j + 1]) + 1;
            cost[i + 1][j + 1] = min_of(min_of(one, cost[i][j] + changed), swapped);
        }
        row_of[letter(a, i - 1)] = i;
    }
    return cost[rows + 1][columns + 1];
}

void suggest_begin(struct suggestion *meant, const char *word)
{
    *meant = (struct suggestion){ .word = word };
}

static size_t letters_alike(const char *a, const char *b)
{
    size_t count = 0;

    while (a[count] && letter(a, count) == letter(b, count))
        count++;
    return count;
}

static void consider(struct suggestion *meant, const char *name, size_t distance)
{
    size_t alike = letters_alike(name, meant->word);

    if (meant->count && (distance > meant->distance ||
                         (distance == meant->distance && alike < meant->alike)))
        return;
    if (distance != meant->distance || alike != meant->alike)
        meant->count = 0;
    for (size_t i = 0; i < meant->count; i++)
        if (strcmp(meant->names[i], name) == 0)
            return;
    if (meant->count == SUGGEST_MAX)
        return;
    strcpy(meant->names[meant->count++], name);
    meant->distance = distance;
    meant->alike = alike;
}

void suggest_offer(struct suggestion *meant, const char *name)
{
    size_t length = strlen(meant->word);

    if (length == 0 || length > SUGGEST_MAX_LENGTH || strlen(name) > SUGGEST_MAX_LENGTH)
        return;
    if (strncasecmp(name, meant->word, length) == 0 &&
        strcmp(name, meant->begun) != 0) {
        strcpy(meant->begun, name);
        meant->begun_count++;
    }
    size_t limit = length <= 4 ? 1 : length <= 8 ? 2 : 3;
    size_t distance = suggest_distance(meant->word, name);
    if (distance <= limit)
        consider(meant, name, distance);
}

void suggest_end(struct suggestion *meant)
{
    bool exact = meant->count && meant->distance == 0;

    if (meant->begun_count == 1 && !exact) {
        strcpy(meant->names[0], meant->begun);
        meant->count = 1;
    }
}

char *suggest_sentence(const struct suggestion *meant, const char *before)
{
    char *sentence;
    size_t size;
    FILE *out = text_stream(&sentence, &size);

    for (size_t i = 0; i < meant->count; i++)
        fprintf(out, "%s'%s%s'",
                i == 0                  ? " Did you mean "
                : i == meant->count - 1 ? " or "
                                        : ", ",
                before, meant->names[i]);
    if (meant->count)
        fputc('?', out);
    fclose(out);
    return sentence;
}
