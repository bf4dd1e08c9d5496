#include "cli/views/rows.h"

#include <stdlib.h>
#include <string.h>

#include "cli/text.h"

/* The column of this time. */
static unsigned column_of(const struct rows *rows, int64_t at_us)
{
    if (at_us <= 0 || rows->end_us <= 0)
        return 0;
    if (at_us >= rows->end_us)
        return rows->width - 1;
    return (unsigned)((double)at_us / (double)rows->end_us * (rows->width - 1) + 0.5);
}

static void row_mark(struct row *row, unsigned column, enum mark mark)
{
    if (row->cells[column] < mark)
        row->cells[column] = mark;
}

/* Mark the columns from one time up to, and without, that of another. */
static void row_fill(const struct rows *rows, struct row *row, int64_t from_us,
                     int64_t to_us, enum mark with)
{
    unsigned end = column_of(rows, to_us);

    for (unsigned column = column_of(rows, from_us); column < end; column++)
        row_mark(row, column, with);
}

/* Mark what the task has been doing until now. Only a turn, or the end of all, ends a
 * wait: after any other event (`turn` is false) lines are missing, and it is not known
 * what the task has done. Running takes no time unless it computes, which needs no line
 * on the real clock.
 */
static void row_close_span(const struct rows *rows, struct row *row, int64_t at_us,
                           bool turn)
{
    if (!rows->whole && (!turn || row->doing == MARK_RUN))
        return;
    if (row->doing == MARK_SLEEP && row->due_us + rows->rounding_us < at_us) {
        row_fill(rows, row, row->since_us, row->due_us, MARK_SLEEP);
        if (!rows->torn)
            row_fill(rows, row, row->due_us, at_us, MARK_LATE);
    } else {
        row_fill(rows, row, row->since_us, at_us,
                 row->doing == MARK_RUN ? MARK_BUSY : row->doing);
    }
}

static void row_begin_span(const struct rows *rows, struct row *row, int64_t at_us,
                           enum mark doing)
{
    row_close_span(rows, row, at_us, doing == MARK_RUN);
    row->doing = doing;
    row->since_us = at_us;
    row->due_us = INT64_MAX;
}

static struct row *rows_add(struct rows *rows, const char *name, const char *function)
{
    rows->rows =
        xnonnull(reallocarray(rows->rows, rows->count + 1, sizeof(*rows->rows)));
    struct row *row = &rows->rows[rows->count++];
    *row = (struct row){
        .name = xnonnull(strdup(name)),
        .function = function ? xnonnull(strdup(function)) : NULL,
        .cells = xnonnull(calloc(rows->width, 1)),
    };
    return row;
}

static bool is_same(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

/* Give a spawned task a row: that of an ended task of its name and coroutine, or a new
 * one.
 */
static void rows_spawn(struct rows *rows, const struct trace_event *event,
                       int64_t at_us)
{
    struct row *row = NULL;

    for (size_t i = 0; i < rows->count && !row; i++)
        if (rows->rows[i].ended && is_same(rows->rows[i].name, event->other) &&
            is_same(rows->rows[i].function, event->function))
            row = &rows->rows[i];
    if (!row)
        row = rows_add(rows, event->other, event->function);
    row->id = event->other_id;
    row->ended = false;
    row->doing = MARK_READY;
    row->since_us = at_us;
}

/* The row of an event's task: the last of its name where numbers are missing. A task
 * whose spawning is not in the trace gets a row now.
 */
static struct row *rows_find(struct rows *rows, const struct trace_event *event)
{
    for (size_t i = rows->count; i--;) {
        struct row *row = &rows->rows[i];
        if (event->id < 0 ? strcmp(row->name, event->task) == 0 : row->id == event->id)
            return row;
    }
    struct row *row = rows_add(rows, event->task, NULL);
    row->id = event->id;
    return row;
}

/* The row of what blocks the thread outside of tasks. Its name is that in a trace. */
static struct row *rows_outside(struct rows *rows)
{
    static const char name[] = "-";

    for (size_t i = 0; i < rows->count; i++)
        if (rows->rows[i].id < 0 && strcmp(rows->rows[i].name, name) == 0)
            return &rows->rows[i];
    struct row *row = rows_add(rows, name, NULL);
    row->id = -1;
    row->ended = true;
    return row;
}

static void row_end(const struct rows *rows, struct row *row, int64_t at_us,
                    enum mark how)
{
    row_begin_span(rows, row, at_us, MARK_NONE);
    row_mark(row, column_of(rows, at_us), how);
    row->ended = true;
}

static void row_abandon(const struct rows *rows, struct row *row, int64_t at_us)
{
    row_close_span(rows, row, at_us, true);
    row->doing = MARK_NONE;
    row->ended = true;
}

/* On the virtual clock a text has milliseconds. Any trace is rounded to them, so that
 * both forms of one have the same chart.
 */
static int64_t event_time(const struct trace *trace, const struct trace_event *event)
{
    return trace->head.real_clock ? event->at_us : (event->at_us + 500) / 1000 * 1000;
}

static void row_begin_wait(const struct rows *rows, struct row *row,
                           const struct trace_event *event, int64_t at_us)
{
    enum trace_what what = trace_what_of(event->what);

    row_begin_span(rows, row, at_us,
                   what == WHAT_SLEEP   ? MARK_SLEEP
                   : what == WHAT_YIELD ? MARK_READY
                                        : MARK_WAIT);
    if (what == WHAT_SLEEP)
        row->due_us = at_us + event->length_us;
}

static void row_begin_turn(const struct rows *rows, struct row *row, int64_t at_us)
{
    row_begin_span(rows, row, at_us, MARK_RUN);
    row_mark(row, column_of(rows, at_us), MARK_RUN);
}

static void rows_take_event(struct rows *rows, const struct trace_event *event,
                            int64_t at_us)
{
    if (event->kind == CO_SPAWN && event->other)
        rows_spawn(rows, event, at_us);
    if (!event->task && event->kind == CO_BUSY)
        row_fill(rows, rows_outside(rows), at_us - event->length_us, at_us, MARK_BUSY);
    if (!event->task)
        return;
    switch (event->kind) {
    case CO_START:
    case CO_RESUME:
        row_begin_turn(rows, rows_find(rows, event), at_us);
        break;
    case CO_WAIT:
        row_begin_wait(rows, rows_find(rows, event), event, at_us);
        break;
    case CO_DONE:
        row_end(rows, rows_find(rows, event), at_us, MARK_DONE);
        break;
    case CO_FAIL:
        row_end(rows, rows_find(rows, event), at_us, MARK_FAIL);
        break;
    case CO_CANCELLED:
        row_end(rows, rows_find(rows, event), at_us, MARK_CANCELLED);
        break;
    case CO_ABANDON:
        row_abandon(rows, rows_find(rows, event), at_us);
        break;
    case CO_BUSY:
        row_fill(rows, rows_find(rows, event), at_us - event->length_us, at_us,
                 MARK_BUSY);
        break;
    default:
        break;
    }
}

void rows_init(struct rows *rows, const struct trace *trace, unsigned width)
{
    *rows = (struct rows){
        .width = 1,
        .rounding_us = trace->head.real_clock ? 0 : 1000,
        .whole = trace->whole,
        .torn = trace->torn,
    };
    for (size_t i = 0; i < trace->count; i++)
        if (event_time(trace, &trace->events[i]) > rows->end_us)
            rows->end_us = event_time(trace, &trace->events[i]);
    if (rows->end_us > 0)
        rows->width = width;
    for (size_t i = 0; i < trace->count; i++)
        rows_take_event(rows, &trace->events[i], event_time(trace, &trace->events[i]));
    for (size_t i = 0; i < rows->count; i++)
        row_close_span(rows, &rows->rows[i], rows->end_us, !rows->torn);
}

void rows_finish(struct rows *rows)
{
    for (size_t i = 0; i < rows->count; i++) {
        free(rows->rows[i].name);
        free(rows->rows[i].function);
        free(rows->rows[i].cells);
    }
    free(rows->rows);
}
