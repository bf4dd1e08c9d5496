/* rows.h — what each task does at each column of a chart.
 */
#ifndef CLI_ROWS_H
#define CLI_ROWS_H

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
    MARK_DONE,
    MARK_FAIL,
    MARK_CANCELLED,
    MARKS,
};

struct row {
    char *name;
    char *function;       /* its coroutine; NULL: unknown */
    int id;               /* its place in the order of spawning; -1: unknown */
    unsigned char *cells; /* enum mark */
    bool ended;
    /* private */
    enum mark doing;
    int64_t since_us, due_us;
};

struct rows {
    struct row *rows;
    size_t count;
    unsigned width; /* cells in a row */
    int64_t end_us; /* the time of the last cell */
    /* private */
    bool whole, torn;    /* see struct trace */
    int64_t rounding_us; /* how wrong the difference of two times may be */
};

/* Lay out a trace over `width` columns, or over one if it takes no time. After the end
 * of a task the next one of the same name and coroutine uses the same row. What blocks
 * the thread while no task runs is in one row. There are no rows if the trace has
 * neither events of tasks nor that. Where lines are missing a row stays empty.
 */
void rows_init(struct rows *rows, const struct trace *trace, unsigned width);
void rows_finish(struct rows *rows);

#endif
