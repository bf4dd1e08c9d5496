/* gather.h — wait for several tasks at once.
 *
 * The tasks are children like any other: gather neither owns nor starts them. Its
 * first error comes out at once while the others run on; their results are read
 * from their handles, in any order. Cancelling the waiting task cancels them all.
 * From 312 on children that are done already count at once: if all are, nothing waits.
 */
#ifndef CO_GATHER_H
#define CO_GATHER_H

#include <stddef.h>

#include "engine/await.h"
#include "engine/future.h"

/* await gather(a, b, c): suspend until all are done: 0, or the first error as soon
 * as it happens. UV_ECANCELED: this task or one of the children was cancelled.
 */
#define co_gather(...) co_gatherv(CO_TASKS_(__VA_ARGS__), CO_COUNT_(__VA_ARGS__))
co_checked int co_gatherv(co_task *const tasks[], size_t count);

/* gather(…, return_exceptions=True): suspend until all are done, however they end;
 * co_outcome() of each is what Python lists. UV_ECANCELED: this task was cancelled.
 */
#define co_settle(...) co_settlev(CO_TASKS_(__VA_ARGS__), CO_COUNT_(__VA_ARGS__))
co_checked int co_settlev(co_task *const tasks[], size_t count);

/* The future that gather() returns in Python, to be awaited later, cancelled, put
 * into another gather or given to co_wait_for(). Owned like a spawned task's handle.
 */
#define co_gather_future(...) \
    co_gather_futurev(CO_TASKS_(__VA_ARGS__), CO_COUNT_(__VA_ARGS__))
co_future *co_gather_futurev(co_task *const tasks[], size_t count);
co_future *co_settle_futurev(co_task *const tasks[], size_t count);

#endif
