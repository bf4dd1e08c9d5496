/* event.h — asyncio.Event: a flag that any number of tasks wait for.
 *
 *     finally(co_event_finish) co_event ready;
 *     co_event_init(&ready);
 *     co_event_set(&ready); // by any task
 *     await(co_event_wait(&ready));
 *
 * No function here may be called from another thread.
 */
#ifndef CO_EVENT_H
#define CO_EVENT_H

#include "engine/await.h"
#include "engine/future.h"

/* Keep it where it outlives every task that uses it, as a lock: see lock.h. */
typedef struct co_event {
    const char *name; /* for traces; NULL: none */
    /* private */
    bool set;
    struct co_list waiters; /* struct co_waiter, longest wait first */
    uint64_t bound;         /* the serial of its loop; 0: none yet */
} co_event;

/* Make it, not set. Nothing is allocated. */
void co_event_init(co_event *event);

/* For `finally`, optional: end the program, with a sentence that names both, if a task
 * waits for it.
 */
void co_event_finish(co_event *event);

/* set(), clear(), is_set(): set the flag and wake all tasks that wait, in the order in
 * which they called; until it is cleared no call of co_event_wait() suspends. A task
 * that was woken continues even if the flag is cleared before its turn. These functions
 * do not suspend, and work outside of a run, where no task can wait.
 */
void co_event_set(co_event *event);
void co_event_clear(co_event *event);
bool co_event_is_set(const co_event *event);

/* Suspend until the flag is set, and return 0; at once if it is. UV_ECANCELED:
 * interrupted. CO_ERUNTIME: it belongs to another loop, as a lock may.
 */
co_checked int co_event_wait(co_event *event);

#endif
