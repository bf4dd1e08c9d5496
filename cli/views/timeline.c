#include "cli/views/timeline.h"

#include <stdlib.h>
#include <string.h>

#include "cli/text.h"
#include "cli/views/labels.h"

/* The shapes of marks. A row has its task's colour; what takes time without running is
 * dim, what ends or delays a task is bold.
 */
static const struct {
    const char *unicode;
    const char *ascii;
    enum weight weight;
    const char *meaning;
} marks[MARKS] = {
    [MARK_NONE] = { " ", " ", WEIGHT_NORMAL, NULL },
    [MARK_RUN] = { "●", "*", WEIGHT_NORMAL, "runs" },
    [MARK_SLEEP] = { "─", "-", WEIGHT_DIM, "sleeps" },
    [MARK_WAIT] = { "┄", ".", WEIGHT_DIM, "waits for others" },
    [MARK_BUSY] = { "█", "#", WEIGHT_BOLD, "busy" },
    [MARK_LATE] = { "!", "!", WEIGHT_BOLD, "due but late" },
    [MARK_READY] = { "▒", "=", WEIGHT_DIM, "ready" },
    [MARK_CANCEL] = { "⊖", "c", WEIGHT_BOLD, "asked to cancel" },
    [MARK_TIMEOUT] = { "◷", "T", WEIGHT_BOLD, "timed out" },
    [MARK_DONE] = { "✔", "D", WEIGHT_BOLD, "done" },
    [MARK_FAIL] = { "✖", "X", WEIGHT_BOLD, "failed" },
    [MARK_CANCELLED] = { "⊘", "C", WEIGHT_BOLD, "cancelled" },
    [MARK_ABANDONED] = { "◌", "A", WEIGHT_BOLD, "abandoned" },
};

static const char *shape(enum mark mark, const struct term *term)
{
    return term->unicode ? marks[mark].unicode : marks[mark].ascii;
}

/* ---- the ruler: five times, and ticks under them ------------------------- */

enum { TICKS = 5 };

/* The time of a tick: to the millisecond, or to four digits if that is finer. */
static char *tick_label(const struct stretch *stretch, unsigned tick)
{
    int64_t unit_us = 1, length_us = stretch->to_us - stretch->from_us;
    char *label;
    size_t size;
    FILE *out = text_stream(&label, &size);

    while (unit_us < 1000 && unit_us * 1000 <= length_us)
        unit_us *= 10;
    int64_t at_us = stretch->from_us + length_us / (TICKS - 1) * tick +
                    length_us % (TICKS - 1) * tick / (TICKS - 1);
    text_print_time(out, (at_us + unit_us / 2) / unit_us * unit_us, 1000000);
    fclose(out);
    return label;
}

static void print_times(FILE *out, const unsigned columns[], unsigned ticks,
                        char *const labels[])
{
    unsigned column = 0;

    /* The last one ends at its tick, and comes before any other. */
    unsigned last = columns[ticks - 1] + 1;
    unsigned length = (unsigned)strlen(labels[ticks - 1]);
    last = last > length ? last - length : 0;
    for (unsigned i = 0; i < ticks; i++) {
        unsigned from = i == ticks - 1 ? last : columns[i];
        length = (unsigned)strlen(labels[i]);
        if (i > 0 && from <= column)
            continue;
        if (i < ticks - 1 && from + length >= last)
            continue;
        fprintf(out, "%*s%s", (int)(from - column), "", labels[i]);
        column = from + length;
    }
    fputc('\n', out);
}

static bool takes_time(const struct stretch *stretch)
{
    return stretch->to_us > stretch->from_us;
}

static void print_ruler(FILE *out, const struct rows *rows, unsigned label,
                        const struct term *term)
{
    unsigned ticks = takes_time(&rows->stretch) ? TICKS : 1, next = 0;
    unsigned columns[TICKS] = { 0 };
    char *labels[TICKS];

    for (unsigned i = 0; i < ticks; i++) {
        columns[i] = (i * (rows->width - 1) + 2) / (TICKS - 1);
        labels[i] = tick_label(&rows->stretch, i);
    }
    fprintf(out, "s%*s", (int)label - 1, "");
    print_times(out, columns, ticks, labels);
    for (unsigned i = 0; i < ticks; i++)
        free(labels[i]);

    fprintf(out, "%*s", (int)label, "");
    for (unsigned i = 0; i < rows->width; i++) {
        bool tick = next < ticks && columns[next] == i;
        next += tick;
        if (term->unicode)
            fputs(tick ? "┬" : "─", out);
        else
            fputc(tick ? '+' : '-', out);
    }
    fputc('\n', out);
}

/* ---- a row, and what its marks mean -------------------------------------- */

/* The end of a row's cells, without blanks. */
static unsigned cells_end(const struct row *row, unsigned width)
{
    while (width && row->cells[width - 1] == MARK_NONE)
        width--;
    return width;
}

static void print_cells(FILE *out, const struct row *row, unsigned end,
                        const struct term *term)
{
    const char *colour = colour_of_task(term->colours, row->id);

    for (unsigned i = 0, next; i < end; i = next) {
        enum weight weight = marks[row->cells[i]].weight;
        colour_begin(out, term->colours, weight, colour);
        for (next = i; next < end && marks[row->cells[next]].weight == weight; next++)
            fputs(shape(row->cells[next], term), out);
        colour_end(out, term->colours, weight, colour);
    }
}

/* `label` is printed in a column of `width`. */
static void print_row(FILE *out, const struct row *row, unsigned cells,
                      const char *label, unsigned width, const struct term *term)
{
    const char *colour = colour_of_task(term->colours, row->id);
    unsigned end = cells_end(row, cells);

    colour_begin(out, term->colours, WEIGHT_NORMAL, colour);
    fputs(label, out);
    colour_end(out, term->colours, WEIGHT_NORMAL, colour);
    fprintf(out, "%*s", end ? (int)(width - text_width(label)) : 0, "");
    print_cells(out, row, end, term);
    fputc('\n', out);
}

static void print_legend(FILE *out, const struct rows *rows, const struct term *term)
{
    static const enum mark order[] = {
        MARK_RUN,    MARK_SLEEP,   MARK_WAIT, MARK_BUSY, MARK_LATE,      MARK_READY,
        MARK_CANCEL, MARK_TIMEOUT, MARK_DONE, MARK_FAIL, MARK_CANCELLED, MARK_ABANDONED,
    };
    bool used[MARKS] = { false };
    unsigned column = 0;

    for (size_t i = 0; i < rows->count; i++)
        for (unsigned j = 0; j < rows->width; j++)
            used[rows->rows[i].cells[j]] = true;
    for (size_t i = 0; i < sizeof(order) / sizeof(*order); i++) {
        const char *meaning = marks[order[i]].meaning;
        unsigned columns = 2 + 2 + (unsigned)strlen(meaning);
        if (!used[order[i]])
            continue;
        if (column + columns > term->width - 1 && column) {
            fputc('\n', out);
            column = 0;
        }
        fprintf(out, "  %s %s", shape(order[i], term), meaning);
        column += columns;
    }
    fputc('\n', out);
}

/* ---- the chart ----------------------------------------------------------- */

/* The labels of the rows take what they need, up to a quarter of the columns. Tasks of
 * one name are counted: `main (2)` is that of the second run.
 */
static char **make_labels(const struct rows *rows, const struct term *term)
{
    enum { MOST = 12 }; /* `Task-2 count` also fits into the narrowest chart */
    unsigned most = term->width / 4 > MOST + 1 ? term->width / 4 - 1 : MOST;
    char **labels = xnonnull(calloc(rows->count + 1, sizeof(*labels)));

    for (size_t i = 0; i < rows->count; i++)
        labels[i] = label_of(rows->rows[i].name, rows->rows[i].function);
    labels_number(labels, rows->count);
    labels_cut(labels, rows->count, most);
    return labels;
}

/* The column of labels, with a blank after the widest. */
static unsigned label_column(char *const labels[], size_t count)
{
    enum { LEAST = 7 };
    unsigned column = LEAST;

    for (size_t i = 0; i < count; i++)
        if (text_width(labels[i]) + 1 > column)
            column = text_width(labels[i]) + 1;
    return column;
}

static void print_chart(FILE *out, const struct rows *rows, char *const labels[],
                        unsigned column, const struct term *term)
{
    print_ruler(out, rows, column, term);
    for (size_t i = 0; i < rows->count; i++)
        print_row(out, &rows->rows[i], rows->width, labels[i], column, term);
    print_legend(out, rows, term);
    if (takes_time(&rows->stretch))
        return;
    fputs("No time passes: all of this happens at ", out);
    text_print_time(out, rows->stretch.from_us, 1000000);
    fputs(" s.\n", out);
}

/* How much of the trace was drawn. */
static enum timeline extent_of(const struct rows *rows)
{
    for (size_t i = 0; i < rows->count; i++)
        if (!rows->rows[i].ended)
            return TIMELINE_OPEN;
    return rows->count ? TIMELINE_WHOLE : TIMELINE_EMPTY;
}

enum timeline timeline_print(FILE *out, const struct trace *trace,
                             const struct stretch *part, const struct term *term)
{
    struct rows rows;
    const struct stretch stretch = part ? *part : rows_stretch_of(trace);

    if (term->width < TIMELINE_MIN_WIDTH)
        return TIMELINE_NARROW;
    /* Which rows there are says how many columns are left for their cells. */
    rows_init(&rows, trace, stretch, 1);
    char **labels = make_labels(&rows, term);
    unsigned column = label_column(labels, rows.count);
    rows_finish(&rows);

    /* The last column stays free: a mark there makes some terminals wrap. */
    rows_init(&rows, trace, stretch, term->width - 1 - column);
    if (rows.count)
        print_chart(out, &rows, labels, column, term);
    enum timeline extent = extent_of(&rows);
    for (size_t i = 0; i < rows.count; i++)
        free(labels[i]);
    free(labels);
    rows_finish(&rows);
    return extent;
}
