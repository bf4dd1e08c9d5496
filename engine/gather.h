/* gather.h — asyncio.gather(): wait for several tasks at once.
 *
 *     async_def(fetch, double seconds)
 *     {
 *         return co_sleep(self->seconds);
 *     }
 *
 *     co_task *home = co_spawn(fetch, .seconds = 0.3);
 *     co_task *news = co_spawn(fetch, .seconds = 0.2);
 *     await(co_gather(home, news)); // the results are in the handles
 *     int sum = co_result(home) + co_result(news);
 *     co_drop(home); // only in a task that never ends: see below
 *     co_drop(news);
 *
 * Any futures can be gathered. A gather neither owns nor starts them. The first error
 * is returned at once, while the others continue. To cancel the task that waits cancels
 * all of them. From `asyncio` 312 on futures that are done already count at once: if
 * all are done, nothing suspends.
 *
 * A handle in a variable is kept until the task that spawned it ends. A task that never
 * ends, as that of a server, drops its handles: by co_drop(), or where they are
 * declared, by finally(co_release) co_task *home = co_spawn(…).
 *
 * In co_gather(co_spawn(f), co_spawn(g)) C does not define which is spawned first; gcc
 * and clang begin at the left (see CO_TASKS_ in future.h).
 */
#ifndef CO_GATHER_H
#define CO_GATHER_H

#include <stddef.h>

#include "engine/await.h"
#include "engine/future.h"

/* await gather(a, b, c): suspend until all are done. 0, or the first error as soon as
 * it happens; later errors of the others are ignored. UV_ECANCELED: this task was
 * cancelled, and so are all of them, or one of them was cancelled.
 */
#define co_gather(...) co_gatherv(CO_TASKS_(__VA_ARGS__), CO_COUNT_(__VA_ARGS__))
co_checked int co_gatherv(co_task *const tasks[], size_t count);

/* gather(…, return_exceptions=True): suspend until all are done, however they end, and
 * return 0; co_outcome() of each is its result or error. UV_ECANCELED: this task was
 * cancelled, and so are all of them.
 */
#define co_settle(...) co_settlev(CO_TASKS_(__VA_ARGS__), CO_COUNT_(__VA_ARGS__))
co_checked int co_settlev(co_task *const tasks[], size_t count);

/* The future that gather() returns in Python, with and without return_exceptions. It
 * can be awaited later, cancelled, gathered with others or passed to co_wait_for(). To
 * cancel it cancels all that are not done; it is done when they are. It is a handle
 * like that of co_spawn(). Does not suspend.
 */
#define co_gather_future(...) \
    co_gather_futurev(CO_TASKS_(__VA_ARGS__), CO_COUNT_(__VA_ARGS__))
co_future *co_gather_futurev(co_task *const tasks[], size_t count);
co_future *co_settle_futurev(co_task *const tasks[], size_t count);

#endif
