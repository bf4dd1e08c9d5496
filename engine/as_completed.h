/* as_completed.h — as_completed: results in the order in which they arrive.
 *
 *     finally(co_as_completed_finish) co_as_completed completed;
 *     co_as_completed_init(&completed, tasks, 3, CO_FOREVER);
 *     for (int i = 0; i < 3; i++) {
 *         co_task *task;
 *         await(co_as_completed_next(&completed, &task));
 *     }
 */
#ifndef CO_AS_COMPLETED_H
#define CO_AS_COMPLETED_H

#include <stdbool.h>
#include <stddef.h>

#include "engine/await.h"
#include "engine/loop.h"
#include "engine/queue.h"

typedef struct co_as_completed {
    /* private */
    struct co_arrival *arrivals; /* one per task */
    size_t count, left;          /* how many tasks, and how many have not arrived */
    size_t asked;                /* how often there was to be a next one */
    co_queue done;               /* co_task *, first arrived first; NULL: too late */
    double seconds;              /* until it is over, from when we began to watch */
    bool watching, too_far;
    co_timer timer;
} co_as_completed;

/* Watch these tasks; after `seconds` those that are left time out. They go on
 * running either way. Does not suspend.
 *
 * The watch, and with it the time, begins with the first co_as_completed_next(): those
 * that are done by then come first, in the order of `tasks`. From 313 on it begins
 * here.
 */
void co_as_completed_init(co_as_completed *completed, co_task *const tasks[],
                          size_t count, double seconds);
void co_as_completed_finish(co_as_completed *completed);

/* Suspend until the next one is done. Its result or error, and in *ret_task which
 * it was. UV_ETIMEDOUT: the time is over; NULL in *ret_task. UV_ECANCELED with
 * *ret_task NULL: this task was cancelled. CO_ESTOP: it was called once per task, so
 * that no more will come. CO_EVALUE: `seconds` is finite and beyond the end of the clock.
 */
co_checked int co_as_completed_next(co_as_completed *completed, co_task **ret_task);

#endif
