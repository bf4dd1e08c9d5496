#include "cli/views/side.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "cli/text.h"

/* ---- lines ----------------------------------------------------------------- */

struct line {
    const char *text;
    size_t length;
};

struct lines {
    struct line *lines;
    size_t count;
};

static struct lines split(const char *text)
{
    struct lines all = {};

    while (*text) {
        size_t length = strcspn(text, "\n");
        all.lines =
            xnonnull(reallocarray(all.lines, all.count + 1, sizeof(*all.lines)));
        all.lines[all.count++] = (struct line){ text, length };
        text += length + (text[length] == '\n');
    }
    return all;
}

/* ---- words in common ------------------------------------------------------- */

static bool is_word(char c) { return isalnum((unsigned char)c) || c == '_'; }

/* The next word of the line from *at on; empty: there is none. */
static struct line next_word(struct line line, size_t *at)
{
    size_t begin = *at, end;

    while (begin < line.length && !is_word(line.text[begin]))
        begin++;
    for (end = begin; end < line.length && is_word(line.text[end]);)
        end++;
    *at = end;
    return (struct line){ line.text + begin, end - begin };
}

static bool has_word(struct line line, struct line word)
{
    for (size_t at = 0; at < line.length;) {
        struct line other = next_word(line, &at);
        if (other.length == word.length &&
            strncasecmp(other.text, word.text, word.length) == 0)
            return true;
    }
    return false;
}

/* Long words say more about what a line does. */
static unsigned likeness(struct line a, struct line b)
{
    unsigned sum = 0;

    for (size_t at = 0; at < a.length;) {
        struct line word = next_word(a, &at);
        if (word.length && has_word(b, word))
            sum += (unsigned)word.length;
    }
    return sum;
}

/* ---- pairs ----------------------------------------------------------------- */

/* best[i][j]: the most that lines from i on the left and j on the right can have in
 * common; a table with a row and a column of zeros at its end.
 */
struct table {
    unsigned *best;
    size_t columns;
};

static unsigned *cell(const struct table *table, size_t i, size_t j)
{
    return &table->best[i * table->columns + j];
}

static struct table fill(const struct lines *left, const struct lines *right)
{
    struct table table = { .columns = right->count + 1 };

    table.best =
        xnonnull(calloc((left->count + 1) * table.columns, sizeof(*table.best)));
    for (size_t i = left->count; i-- > 0;)
        for (size_t j = right->count; j-- > 0;) {
            unsigned best = likeness(left->lines[i], right->lines[j]);
            if (best)
                best += *cell(&table, i + 1, j + 1);
            if (best < *cell(&table, i + 1, j))
                best = *cell(&table, i + 1, j);
            if (best < *cell(&table, i, j + 1))
                best = *cell(&table, i, j + 1);
            *cell(&table, i, j) = best;
        }
    return table;
}

/* ---- rows ------------------------------------------------------------------ */

/* Print what fits into the column, cut at a blank if there is one in the second half.
 * Returns how many columns that takes, and moves the line behind it.
 */
static unsigned print_part(FILE *out, struct line *line, unsigned width)
{
    size_t length = line->length;

    if (length > width) {
        for (length = width; length > width / 2 && line->text[length] != ' ';)
            length--;
        if (line->text[length] != ' ')
            length = width;
    }
    fwrite(line->text, 1, length, out);
    line->text += length;
    line->length -= length;
    while (line->length && *line->text == ' ') {
        line->text++;
        line->length--;
    }
    return (unsigned)length;
}

/* How a line that is continued is set in: four more than itself. */
static unsigned indent_of(struct line line)
{
    unsigned indent = 0;

    while (indent < line.length && line.text[indent] == ' ')
        indent++;
    return indent + 4;
}

static void print_row(FILE *out, struct line left, struct line right, unsigned column)
{
    unsigned left_indent = indent_of(left), right_indent = indent_of(right);
    bool first = true;

    do {
        unsigned taken = 0;
        if (left.length) {
            taken = first ? 0 : (unsigned)fprintf(out, "%*s", (int)left_indent, "");
            taken += print_part(out, &left, column - taken);
        }
        if (right.length) {
            fprintf(out, "%*s | ", (int)(column - taken), "");
            taken = first ? 0 : (unsigned)fprintf(out, "%*s", (int)right_indent, "");
            print_part(out, &right, column - taken);
        } else {
            fprintf(out, "%*s |", (int)(column - taken), "");
        }
        fputc('\n', out);
        first = false;
    } while (left.length || right.length);
}

static struct line line_at(const struct lines *lines, size_t i, size_t end)
{
    return i < end ? lines->lines[i] : (struct line){ "", 0 };
}

/* The lines between two pairs share nothing, so they share rows. */
static void print_gap(FILE *out, const struct lines *left, size_t i, size_t i_end,
                      const struct lines *right, size_t j, size_t j_end,
                      unsigned column)
{
    for (; i < i_end || j < j_end; i++, j++)
        print_row(out, line_at(left, i, i_end), line_at(right, j, j_end), column);
}

void side_print(FILE *out, const char *left_text, const char *right_text,
                unsigned width)
{
    struct lines left = split(left_text), right = split(right_text);
    struct table table = fill(&left, &right);
    unsigned column = (width - 3) / 2;
    size_t i = 0, j = 0, i_from = 0, j_from = 0;

    while (i < left.count && j < right.count) {
        if (*cell(&table, i, j) == *cell(&table, i + 1, j)) {
            i++;
        } else if (*cell(&table, i, j) == *cell(&table, i, j + 1)) {
            j++;
        } else {
            print_gap(out, &left, i_from, i, &right, j_from, j, column);
            print_row(out, left.lines[i++], right.lines[j++], column);
            i_from = i;
            j_from = j;
        }
    }
    print_gap(out, &left, i_from, left.count, &right, j_from, right.count, column);
    free(table.best);
    free(left.lines);
    free(right.lines);
}
