/* event.h — a flag that tasks wait for, all of them at once.
 */
#ifndef CO_EVENT_H
#define CO_EVENT_H

#include "engine/await.h"
#include "engine/future.h"

/* Nothing to free. It must outlive every task that uses it, those too that co_run()
 * cancels after main has ended.
 */
typedef struct co_event {
    const char *name; /* for traces; NULL: none */
    /* private */
    bool set;
    struct co_list waiters; /* struct co_waiter, longest wait first */
    uint64_t bound;         /* to this loop; 0: to none yet */
} co_event;

void co_event_init(co_event *event);
void co_event_finish(co_event *event);

/* Wake everybody who waits, in the order they came, and let everybody pass until
 * it is cleared. Does not suspend.
 */
void co_event_set(co_event *event);
void co_event_clear(co_event *event);
bool co_event_is_set(const co_event *event);

/* Suspend until it is set; at once if it is. UV_ECANCELED: interrupted. CO_ERUNTIME:
 * it belongs to another loop, as a lock may.
 */
co_checked int co_event_wait(co_event *event);

#endif
