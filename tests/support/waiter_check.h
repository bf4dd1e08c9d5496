/* waiter_check.h — check the waiters of locks, queues and other primitives from inside
 * the engine: no lost wake-up, nothing left acquired, no waiter of a task that is done.
 */
#ifndef WAITER_CHECK_H
#define WAITER_CHECK_H

#include <stddef.h>

#include "engine/observer.h"

struct waiter_check {
    /* How often each lock or semaphore was acquired and not released, by kind and name.
     * Those without a name are counted together.
     */
    struct holding {
        const char *what;
        char name[24];
        int held;
        long capacity; /* of a semaphore: its value when nothing is acquired */
    } holdings[16];
    size_t holding_count;
    /* The lists of waiters met so far that lie in static memory, which outlives the
     * program's tasks.
     */
    struct co_list *waiters[32];
    size_t waiters_count;
};

/* Hand it every event of the run: it counts what is acquired and released, and notes
 * where tasks wait.
 */
void waiter_check_event(struct waiter_check *check, const co_trace_event *event);

/* How much is acquired and not released, in total. */
int waiter_check_held(const struct waiter_check *check);

/* Call it when no task is ready: what a task waits for although it is available, which
 * means a wake-up was lost. NULL: there is no such task.
 */
const char *waiter_check_lost_wakeup(struct waiter_check *check);

/* Call it when all tasks are done: a sentence if a list still has a waiter, which then
 * points into a task that is freed. NULL: all lists are empty.
 */
const char *waiter_check_stale(const struct waiter_check *check);

#endif
