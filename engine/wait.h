/* wait.h — asyncio.wait(): wait until one of several tasks is done, or all are.
 *
 *     struct fetch {
 *         double seconds;
 *     };
 *
 *     static int fetch(void *frame)
 *     {
 *         return co_sleep(((const struct fetch *)frame)->seconds);
 *     }
 *
 *     co_task *home = co_spawn(fetch, 0.3), *news = co_spawn(fetch, 0.2);
 *     int done = await(co_wait(CO_FIRST_COMPLETED, 0.5, home, news));
 *     if (done > 0 && co_done(news))
 *         await(co_join(news)); // its result or error
 *
 * It raises no error of theirs, cancels none of them, and leaves the rest running, also
 * when the time is over. Use co_gather() to get the first error, co_wait_for() to
 * cancel what is late.
 */
#ifndef CO_WAIT_H
#define CO_WAIT_H

#include <stddef.h>

#include "engine/await.h"
#include "engine/loop.h"

typedef enum co_when {
    CO_ALL_COMPLETED,
    CO_FIRST_COMPLETED,
    CO_FIRST_EXCEPTION, /* or all, if none fails; to be cancelled is not to fail */
} co_when;

/* await wait((a, b), return_when=…, timeout=…): suspend until as many are done as
 * `when` asks for, or for so many seconds; CO_FOREVER: no limit. Zero or less gives
 * each ready task one turn. Suspends even if all are done already.
 *
 * Returns how many different ones are done when this task goes on, which may be more
 * than ended the wait; co_done() says which. When the time is over, that is no error.
 * Their errors count as never retrieved until they are asked for, except that of the
 * task that ended a wait for CO_FIRST_EXCEPTION. UV_ECANCELED: this task was cancelled,
 * and none of the others. CO_EVALUE: there is no future, no such
 * `when`, or the time is finite and beyond the end of the clock (loop.h).
 */
#define co_wait(when, seconds, ...) \
    co_waitv(CO_TASKS_(__VA_ARGS__), CO_COUNT_(__VA_ARGS__), (when), (seconds))
co_checked int co_waitv(co_future *const futures[], size_t count, co_when when,
                        double seconds);

#endif
