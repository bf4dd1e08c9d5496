#include "cli/views/timeline.h"

#include <stdlib.h>
#include <string.h>

#include "cli/text.h"
#include "cli/views/rows.h"

/* The first six stand for time spent, the others for the end; colour says nothing
 * that the shape does not.
 */
static const struct {
    const char *unicode;
    const char *ascii;
    const char *colour;
    const char *meaning;
} marks[MARKS] = {
    [MARK_NONE] = { " ", " ", NULL, NULL },
    [MARK_RUN] = { "●", "*", "36", "runs" },
    [MARK_SLEEP] = { "─", "-", "2", "sleeps" },
    [MARK_WAIT] = { "┄", ".", "2", "waits for others" },
    [MARK_BUSY] = { "█", "#", "33", "busy" },
    [MARK_LATE] = { "!", "!", "31", "due but late" },
    [MARK_READY] = { "▒", "=", "2", "ready" },
    [MARK_DONE] = { "✔", "D", "32", "done" },
    [MARK_FAIL] = { "✖", "X", "31", "failed" },
    [MARK_CANCELLED] = { "⊘", "C", "33", "cancelled" },
};

static const char *shape(enum mark mark, const struct term *term)
{
    return term->unicode ? marks[mark].unicode : marks[mark].ascii;
}

/* ---- the ruler: five times, and ticks under them ------------------------- */

enum { TICKS = 5 };

/* The time of a tick: to the millisecond, or to four digits if that is finer. */
static char *tick_label(int64_t end_us, unsigned tick)
{
    int64_t unit_us = 1;
    char *label;
    size_t size;
    FILE *out = text_stream(&label, &size);

    while (unit_us < 1000 && unit_us * 1000 <= end_us)
        unit_us *= 10;
    int64_t at_us =
        end_us / (TICKS - 1) * tick + end_us % (TICKS - 1) * tick / (TICKS - 1);
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

static void print_ruler(FILE *out, const struct rows *rows, unsigned label,
                        const struct term *term)
{
    unsigned ticks = rows->end_us > 0 ? TICKS : 1, next = 0;
    unsigned columns[TICKS] = { 0 };
    char *labels[TICKS];

    for (unsigned i = 0; i < ticks; i++) {
        columns[i] = (i * (rows->width - 1) + 2) / (TICKS - 1);
        labels[i] = tick_label(rows->end_us, i);
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

static void print_row(FILE *out, const struct row *row, unsigned width, unsigned label,
                      const struct term *term)
{
    const char *colour = NULL;

    while (width && row->cells[width - 1] == MARK_NONE)
        width--;
    char *name = text_word(row->name);
    unsigned taken = text_print_cut(out, name, label - 1);
    free(name);
    fprintf(out, "%*s", width ? (int)(label - taken) : 0, "");
    for (unsigned i = 0; i < width; i++) {
        const char *wanted = marks[row->cells[i]].colour;
        if (term->colour && wanted != colour) {
            if (colour)
                fputs("\033[0m", out);
            if (wanted)
                fprintf(out, "\033[%sm", wanted);
            colour = wanted;
        }
        fputs(shape(row->cells[i], term), out);
    }
    fputs(colour ? "\033[0m\n" : "\n", out);
}

static void print_legend(FILE *out, const struct rows *rows, const struct term *term)
{
    static const enum mark order[] = {
        MARK_RUN,   MARK_SLEEP, MARK_WAIT, MARK_BUSY,      MARK_LATE,
        MARK_READY, MARK_DONE,  MARK_FAIL, MARK_CANCELLED,
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

/* Names take the room they need, up to what a line of text gives them. */
static unsigned find_label(const struct trace *trace)
{
    enum { LEAST = 7, MOST = 9 };
    unsigned label = LEAST;

    for (size_t i = 0; i < trace->count; i++) {
        const struct trace_event *event = &trace->events[i];
        const char *name = event->kind == CO_SPAWN ? event->other : event->task;
        if (name && text_width(name) + 1 > label)
            label = text_width(name) + 1;
    }
    return label < MOST ? label : MOST;
}

enum timeline timeline_print(FILE *out, const struct trace *trace,
                             const struct term *term)
{
    enum timeline timeline = TIMELINE_EMPTY;
    unsigned label = find_label(trace);
    struct rows rows;

    if (term->width < TIMELINE_LEAST)
        return TIMELINE_NARROW;
    /* The last column stays free: a mark there makes some terminals wrap. */
    rows_init(&rows, trace, term->width - 1 - label);
    if (rows.count) {
        timeline = TIMELINE_WHOLE;
        print_ruler(out, &rows, label, term);
        for (size_t i = 0; i < rows.count; i++) {
            print_row(out, &rows.rows[i], rows.width, label, term);
            if (!rows.rows[i].ended)
                timeline = TIMELINE_OPEN;
        }
        print_legend(out, &rows, term);
    }
    rows_finish(&rows);
    return timeline;
}
