/* rows.h — what every task is doing at every column of a chart.
 */
#ifndef CLI_ROWS_H
#define CLI_ROWS_H

#include "cli/trace/trace.h"

/* What is drawn in a cell. Of several that meet in one, the last here is seen. */
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
    int64_t rounding_us; /* by which two times may be wrong together */
};

/* Lay the trace out over `width` columns; over one if it takes no time. A name is
 * one row: when its task has ended, the next one of that name and coroutine goes on in
 * it. No rows: nothing in the trace happens to a task.
 */
void rows_init(struct rows *rows, const struct trace *trace, unsigned width);
void rows_finish(struct rows *rows);

#endif
