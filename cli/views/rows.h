/* rows.h — what each task does at each column of a chart.
 */
#ifndef CLI_ROWS_H
#define CLI_ROWS_H

#include "cli/trace/task_table.h"
#include "cli/trace/trace.h"

/* What is drawn in a cell. Of several marks for one cell, the last of this list wins.
 */
enum mark {
    MARK_NONE,
    MARK_SLEEP,
    MARK_WAIT,
    MARK_READY,
    MARK_LATE,
    MARK_RUN,
    MARK_BUSY,
    MARK_CANCEL,  /* its cancellation is requested */
    MARK_TIMEOUT, /* its time limit has passed */
    MARK_DONE,
    MARK_FAIL,
    MARK_CANCELLED,
    MARK_ABANDONED,
    MARKS,
};

struct row {
    char *name;
    char *function;       /* its coroutine; NULL: unknown */
    int id;               /* its place in the order of spawning; -1: unknown */
    unsigned char *cells; /* enum mark */
    bool ended;
    bool used; /* the task does something in the stretch */
    /* private */
    enum mark doing;
    int64_t since_us, due_us;
};

/* A stretch of a trace. `to_us` is in it. */
struct stretch {
    int64_t from_us, to_us;
};

struct rows {
    struct row *rows; /* in the order of spawning */
    size_t count;
    unsigned width;         /* cells in a row */
    struct stretch stretch; /* the times of the first cell and of the last */
    /* private */
    size_t capacity;
    struct task_table table;
    bool whole, torn;    /* see struct trace */
    int64_t rounding_us; /* how wrong the difference of two times may be */
};

/* All of a trace. */
struct stretch rows_stretch_of(const struct trace *trace);

/* Lay out a stretch of a trace over `width` columns, or over one if it takes no time.
 * Each task has a row, also if an earlier one had its name: the main of a second run is
 * another task. What blocks the thread while no task runs is in one row. Where lines
 * are missing a row stays empty. Of a part of the trace there are only rows that are
 * not empty. There are no rows if the trace has neither events of tasks nor that.
 */
void rows_init(struct rows *rows, const struct trace *trace, struct stretch stretch,
               unsigned width);
void rows_finish(struct rows *rows);

#endif
