/* wait.h — asyncio.wait(): wait until one of several tasks is done, or all are.
 *
 *     async_def(fetch, double seconds)
 *     {
 *         return co_sleep(self->seconds);
 *     }
 *
 *     co_task *home = co_spawn(fetch, 0.3), *news = co_spawn(fetch, 0.2);
 *     int done = await(co_wait(CO_FIRST_COMPLETED, 0.5, home, news));
 *     if (done > 0 && co_done(news))
 *         await(co_join(news)); // its result or error
 *
 * It raises none of their errors and cancels none of them, also when the time is over.
 * Use co_gather() to get the first error, co_wait_for() to cancel a late task.
 */
#ifndef CO_WAIT_H
#define CO_WAIT_H

#include <stddef.h>

#include "engine/await.h"
#include "engine/loop.h"

typedef enum co_when {
    CO_ALL_COMPLETED,
    CO_FIRST_COMPLETED,
    CO_FIRST_EXCEPTION, /* or all, if none fails; a cancelled one has not failed */
} co_when;

/* await wait((a, b), return_when=…, timeout=…): suspend until the condition `when` is
 * true, but at most for `seconds` seconds; CO_FOREVER: no limit. With zero or less each
 * ready task has one turn before. Suspends even if all are done already.
 *
 * Returns how many different futures are done when this task continues; these may be
 * more than ended the wait. co_done() shows which. A timeout is no error. The errors of
 * the futures do not count as retrieved, except the one that ended a wait for
 * CO_FIRST_EXCEPTION. UV_ECANCELED: this task was cancelled, and none of the others.
 * CO_EVALUE: there is no future, no such `when`, or the time is finite and beyond the
 * end of the clock (loop.h).
 */
#define co_wait(when, seconds, ...) \
    co_waitv(CO_TASKS_(__VA_ARGS__), CO_COUNT_(__VA_ARGS__), (when), (seconds))
co_checked int co_waitv(co_future *const futures[], size_t count, co_when when,
                        double seconds);

#endif
