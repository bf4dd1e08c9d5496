#include "cli/views/rows.h"

#include <stdlib.h>
#include <string.h>

#include "cli/text.h"

/* ---- cells ---------------------------------------------------------------- */

/* The column of a time; of one that is not in the stretch, that of its nearer end. */
static unsigned column_of(const struct rows *rows, int64_t at_us)
{
    const struct stretch *stretch = &rows->stretch;

    if (at_us <= stretch->from_us)
        return 0;
    if (at_us >= stretch->to_us)
        return rows->width - 1;
    return (unsigned)((double)(at_us - stretch->from_us) /
                          (double)(stretch->to_us - stretch->from_us) *
                          (rows->width - 1) +
                      0.5);
}

static void cell_mark(struct row *row, unsigned column, enum mark mark)
{
    if (row->cells[column] < mark)
        row->cells[column] = mark;
}

static void row_mark(const struct rows *rows, struct row *row, int64_t at_us,
                     enum mark mark)
{
    if (at_us < rows->stretch.from_us || at_us > rows->stretch.to_us)
        return;
    row->used = true;
    cell_mark(row, column_of(rows, at_us), mark);
}

/* Mark the columns from one time up to, and without, that of another. */
static void row_fill(const struct rows *rows, struct row *row, int64_t from_us,
                     int64_t to_us, enum mark with)
{
    /* What goes on at the end of the stretch fills the last column, too. */
    bool goes_on = to_us > rows->stretch.to_us && from_us <= rows->stretch.to_us;
    unsigned end = goes_on ? rows->width : column_of(rows, to_us);

    if (to_us <= rows->stretch.from_us || from_us > rows->stretch.to_us)
        return;
    row->used |= from_us < to_us && with != MARK_NONE;
    for (unsigned column = column_of(rows, from_us); column < end; column++)
        cell_mark(row, column, with);
}

/* ---- what a task is doing -------------------------------------------------- */

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

static void row_begin_turn(const struct rows *rows, struct row *row,
                           const struct trace_event *event, int64_t at_us)
{
    row_begin_span(rows, row, at_us, MARK_RUN);
    row_mark(rows, row, at_us,
             trace_what_of(event->what) == WHAT_TIMEOUT ? MARK_TIMEOUT : MARK_RUN);
}

/* A request and the end that follows it at once would be in one cell: move the request
 * to the cell before, if the task only waits there.
 */
static void make_room_for_end(const struct rows *rows, struct row *row, int64_t at_us)
{
    unsigned column = column_of(rows, at_us);
    unsigned char *cell = &row->cells[column];

    if ((*cell == MARK_CANCEL || *cell == MARK_TIMEOUT) && column > 0 &&
        cell[-1] < MARK_RUN) {
        cell[-1] = *cell;
        *cell = MARK_NONE;
    }
}

/* An abandoned task may wait; any other has a turn in which it ends. */
static void row_end(const struct rows *rows, struct row *row, int64_t at_us,
                    enum mark how)
{
    row_close_span(rows, row, at_us, how == MARK_ABANDONED);
    make_room_for_end(rows, row, at_us);
    row_mark(rows, row, at_us, how);
    row->doing = MARK_NONE;
    row->ended = true;
}

/* ---- rows ------------------------------------------------------------------ */

static struct row *rows_add(struct rows *rows, const char *name, const char *function,
                            int id)
{
    if (rows->count == rows->capacity) {
        rows->capacity = rows->capacity ? 2 * rows->capacity : 16;
        rows->rows =
            xnonnull(reallocarray(rows->rows, rows->capacity, sizeof(*rows->rows)));
    }
    struct row *row = &rows->rows[rows->count];
    *row = (struct row){
        .name = xnonnull(strdup(name)),
        .function = function ? xnonnull(strdup(function)) : NULL,
        .id = id,
        .cells = xnonnull(calloc(rows->width, 1)),
    };
    task_table_add(&rows->table, row->name, id, rows->count++);
    return row;
}

static void rows_spawn(struct rows *rows, const struct trace_event *event,
                       int64_t at_us)
{
    struct row *row = rows_add(rows, event->other, event->function, event->other_id);

    row->doing = MARK_READY;
    row->since_us = at_us;
}

/* The row of a task: the last of its name where numbers are missing. A task whose
 * spawning is not in the trace gets a row now.
 */
static struct row *rows_find(struct rows *rows, const char *name, int id)
{
    size_t place = task_table_find(&rows->table, name, id);

    return place == TASK_NONE ? rows_add(rows, name, NULL, id) : &rows->rows[place];
}

/* The row of what blocks the thread outside of tasks. Its name is that in a trace. */
static struct row *rows_outside(struct rows *rows)
{
    struct row *row = rows_find(rows, "-", -1);

    row->ended = true;
    return row;
}

/* ---- events ---------------------------------------------------------------- */

/* On the virtual clock a text has milliseconds. Any trace is rounded to them, so that
 * both forms of one have the same chart.
 */
static int64_t event_time(const struct trace *trace, const struct trace_event *event)
{
    return trace->head.real_clock ? event->at_us : (event->at_us + 500) / 1000 * 1000;
}

/* How a task ends by an event of this kind; MARK_NONE: it does not. */
static enum mark end_of(co_trace_event_kind kind)
{
    switch (kind) {
    case CO_DONE:
        return MARK_DONE;
    case CO_FAIL:
        return MARK_FAIL;
    case CO_CANCELLED:
        return MARK_CANCELLED;
    case CO_ABANDON:
        return MARK_ABANDONED;
    default:
        return MARK_NONE;
    }
}

/* An event of a task, whose row this is. */
static void row_take_event(const struct rows *rows, struct row *row,
                           const struct trace_event *event, int64_t at_us)
{
    switch (event->kind) {
    case CO_START:
    case CO_RESUME:
        row_begin_turn(rows, row, event, at_us);
        break;
    case CO_WAIT:
        row_begin_wait(rows, row, event, at_us);
        break;
    case CO_BUSY:
        row_fill(rows, row, at_us - event->length_us, at_us, MARK_BUSY);
        break;
    case CO_TIMEOUT:
        row_mark(rows, row, at_us, MARK_TIMEOUT);
        break;
    default:
        row_end(rows, row, at_us, end_of(event->kind));
        break;
    }
}

/* True if it says what its own task does. */
static bool is_of_a_row(co_trace_event_kind kind)
{
    return kind == CO_START || kind == CO_RESUME || kind == CO_WAIT ||
           kind == CO_BUSY || kind == CO_TIMEOUT || end_of(kind) != MARK_NONE;
}

static void rows_take_event(struct rows *rows, const struct trace_event *event,
                            int64_t at_us)
{
    if (event->kind == CO_SPAWN && event->other)
        rows_spawn(rows, event, at_us);
    else if (event->kind == CO_CANCEL && event->other)
        row_mark(rows, rows_find(rows, event->other, event->other_id), at_us,
                 trace_what_of(event->what) == WHAT_TIMEOUT ? MARK_TIMEOUT
                                                            : MARK_CANCEL);
    else if (!event->task && event->kind == CO_BUSY)
        row_fill(rows, rows_outside(rows), at_us - event->length_us, at_us, MARK_BUSY);
    else if (event->task && is_of_a_row(event->kind))
        row_take_event(rows, rows_find(rows, event->task, event->id), event, at_us);
}

struct stretch rows_stretch_of(const struct trace *trace)
{
    struct stretch stretch = {};

    for (size_t i = 0; i < trace->count; i++)
        if (event_time(trace, &trace->events[i]) > stretch.to_us)
            stretch.to_us = event_time(trace, &trace->events[i]);
    return stretch;
}

static void row_finish(struct row *row)
{
    free(row->name);
    free(row->function);
    free(row->cells);
}

static void drop_unused(struct rows *rows)
{
    size_t kept = 0;

    for (size_t i = 0; i < rows->count; i++) {
        if (rows->rows[i].used)
            rows->rows[kept++] = rows->rows[i];
        else
            row_finish(&rows->rows[i]);
    }
    rows->count = kept;
}

void rows_init(struct rows *rows, const struct trace *trace, struct stretch stretch,
               unsigned width)
{
    const struct stretch all = rows_stretch_of(trace);

    *rows = (struct rows){
        .width = stretch.to_us > stretch.from_us ? width : 1,
        .stretch = stretch,
        .rounding_us = trace->head.real_clock ? 0 : 1000,
        .whole = trace->whole,
        .torn = trace->torn,
    };
    for (size_t i = 0; i < trace->count; i++)
        rows_take_event(rows, &trace->events[i], event_time(trace, &trace->events[i]));
    for (size_t i = 0; i < rows->count; i++)
        row_close_span(rows, &rows->rows[i], all.to_us, !rows->torn);
    task_table_finish(&rows->table);
    if (stretch.from_us > all.from_us || stretch.to_us < all.to_us)
        drop_unused(rows);
}

void rows_finish(struct rows *rows)
{
    for (size_t i = 0; i < rows->count; i++)
        row_finish(&rows->rows[i]);
    free(rows->rows);
}
