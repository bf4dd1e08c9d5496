/* as_completed.h — asyncio.as_completed(): results in the order in which tasks are
 * done.
 *
 *     async_def(fetch, double seconds)
 *     {
 *         return co_sleep(self->seconds);
 *     }
 *
 *     co_task *tasks[] = { co_spawn(fetch, 0.3), co_spawn(fetch, 0.2) };
 *     finally(co_as_completed_finish) co_as_completed completed;
 *     co_as_completed_init(&completed, tasks, 2, CO_FOREVER);
 *     for (int i = 0; i < 2; i++)
 *         co_say("%d", await(co_as_completed_next(&completed, NULL)));
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
    size_t count, left;          /* how many tasks, and how many are not done */
    size_t asked;                /* how often co_as_completed_next() was called */
    co_queue done;          /* co_task *, first done first; NULL: one that timed out */
    double seconds;         /* the limit, from the begin of the watch */
    bool watching, too_far; /* too_far: the limit is beyond the end of the clock */
    co_timer timer;
} co_as_completed;

/* Watch these tasks for `seconds` seconds; CO_FOREVER: no limit. A task that is not
 * done by then counts as timed out, and continues. Does not suspend.
 *
 * The watch and its time begin in the first co_as_completed_next(). Tasks that are done
 * by then come first, in the order of `tasks`. From `asyncio` 313 on they begin here.
 */
void co_as_completed_init(co_as_completed *completed, co_task *const tasks[],
                          size_t count, double seconds);

/* For `finally`: end the watch and free its memory. The tasks continue. */
void co_as_completed_finish(co_as_completed *completed);

/* Suspend until the next task is done. Returns its result or error, and in *ret_task
 * which task it was; `ret_task` may be NULL. UV_ETIMEDOUT with NULL in *ret_task: the
 * time is over. UV_ECANCELED with NULL there: this task was cancelled. CO_ESTOP: it was
 * called once for each task already. CO_EVALUE: `seconds` is finite and beyond the end
 * of the clock.
 */
co_checked int co_as_completed_next(co_as_completed *completed, co_task **ret_task);

#endif
