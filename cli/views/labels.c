#include "cli/views/labels.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/text.h"
#include "cli/trace/task_table.h"

char *label_of(const char *task, const char *function)
{
    char *name = text_word(task);

    if (!function || strcmp(function, task) == 0)
        return name;
    char *coroutine = text_word(function);
    char *label = text_format("%s %s", name, coroutine);
    free(name);
    free(coroutine);
    return label;
}

/* ---- numbering ------------------------------------------------------------ */

struct numbered {
    const char *label;
    size_t place;
};

static int compare_numbered(const void *a, const void *b)
{
    const struct numbered *left = a, *right = b;
    int r = strcmp(left->label, right->label);

    return r ? r : (left->place > right->place) - (left->place < right->place);
}

void labels_number(char *labels[], size_t count)
{
    struct numbered *sorted = xnonnull(calloc(count + 1, sizeof(*sorted)));
    size_t number = 1;

    for (size_t i = 0; i < count; i++)
        sorted[i] = (struct numbered){ labels[i], i };
    qsort(sorted, count, sizeof(*sorted), compare_numbered);
    for (size_t i = 1; i < count; i++) {
        number = strcmp(sorted[i - 1].label, sorted[i].label) == 0 ? number + 1 : 1;
        if (number > 1)
            labels[sorted[i].place] = text_format("%s (%zu)", sorted[i].label, number);
    }
    for (size_t i = 0; i < count; i++)
        if (labels[sorted[i].place] != sorted[i].label)
            free((char *)sorted[i].label);
    free(sorted);
}

/* ---- cutting ------------------------------------------------------------- */

/* Cut to `width` columns, of which the last `tail` are the label's own end. */
static char *cut_before(const char *label, unsigned width, unsigned tail)
{
    char *text;
    size_t size;
    FILE *out = text_stream(&text, &size);
    const char *end = text_end(label, tail);

    if (text_width(label) <= width) {
        fputs(label, out);
    } else {
        text_print_cut(out, label, width - text_width(end));
        fputs(end, out);
    }
    fclose(out);
    return text;
}

/* Cut to `width` columns that end in a number of its own. */
static char *cut_numbered(const char *label, unsigned width, size_t number)
{
    char *digits = text_format("%zu", number);
    char *text;
    size_t size;
    FILE *out = text_stream(&text, &size);
    unsigned columns = (unsigned)strlen(digits);

    text_print_cut(out, label, width > columns + 1 ? width - columns : 2);
    fputs(digits, out);
    fclose(out);
    free(digits);
    return text;
}

/* True if cuts that keep `tail` columns of the end tell the labels apart. Ends with the
 * first two that it does not, which come early where many do not.
 */
static bool tail_suffices(char *const labels[], size_t count, unsigned width,
                          unsigned tail)
{
    struct task_table table = {};
    char **cuts = xnonnull(calloc(count + 1, sizeof(*cuts)));
    bool differ = true;

    for (size_t i = 0; i < count && differ; i++) {
        cuts[i] = cut_before(labels[i], width, tail);
        size_t same = task_table_find(&table, cuts[i], -1);
        differ = same == TASK_NONE || strcmp(labels[same], labels[i]) == 0;
        task_table_add(&table, cuts[i], -1, i);
    }
    for (size_t i = 0; i < count; i++)
        free(cuts[i]);
    free(cuts);
    task_table_finish(&table);
    return differ;
}

static bool all_fit(char *const labels[], size_t count, unsigned width)
{
    for (size_t i = 0; i < count; i++)
        if (text_width(labels[i]) > width)
            return false;
    return true;
}

void labels_cut(char *labels[], size_t count, unsigned width)
{
    unsigned tail = 0;

    if (all_fit(labels, count, width))
        return;
    while (tail < width - 1 && !tail_suffices(labels, count, width, tail))
        tail++;
    for (size_t i = 0; i < count; i++) {
        if (text_width(labels[i]) <= width)
            continue;
        char *cut = tail < width - 1 ? cut_before(labels[i], width, tail)
                                     : cut_numbered(labels[i], width, i + 1);
        free(labels[i]);
        labels[i] = cut;
    }
}
