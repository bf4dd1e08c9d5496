/* barrier.h — asyncio.Barrier: several tasks wait for each other, then all continue.
 *
 *     finally(co_barrier_finish) co_barrier start;
 *     await(co_barrier_init(&start, 1)); // with 2, this task waits for another one
 *     int position = await(co_barrier_wait(&start));
 *     if (position == 0)
 *         co_say("all are here");
 *
 * It fills until `parties` tasks wait, and then drains until all of them have
 * continued. Tasks that call while it drains wait until it is empty, so it can be used
 * again and again. asyncio has it from 3.11 on. No function here may be called from
 * another thread.
 */
#ifndef CO_BARRIER_H
#define CO_BARRIER_H

#include "engine/await.h"
#include "engine/condition.h"
#include "engine/future.h"

/* Keep it where it outlives every task that uses it, as a lock: see lock.h. It must not
 * be moved.
 */
typedef struct co_barrier {
    const char *name; /* for traces; NULL: none */
    /* private */
    co_condition condition; /* notified of every change of the state */
    int parties, count;     /* how many tasks it needs, and how many are inside */
    enum { CO_FILLING_, CO_DRAINING_, CO_RESETTING_, CO_BROKEN_ } state;
} co_barrier;

/* Barrier(parties): make it for `parties` tasks. CO_EVALUE: fewer than one, and it must
 * not be used. Nothing is allocated.
 */
int co_barrier_init(co_barrier *barrier, int parties);

/* For `finally`, optional: end the program, with a sentence that names both, if a task
 * waits for it.
 */
void co_barrier_finish(co_barrier *barrier);

/* Suspend until `parties` tasks have called, and return the position of this one among
 * them, from 0 up. The last one does not suspend; the others go on in the order in
 * which they called, in the iterations that follow. Python's `async with barrier as
 * position:` is the same call, since leaving that block does nothing.
 *
 * UV_ECANCELED: interrupted; the barrier is not broken, and another task has to call in
 * its place. CO_EBROKEN: it was aborted or reset while this task waited, or aborted
 * before. CO_ERUNTIME: it belongs to another loop, as a lock may.
 */
co_checked int co_barrier_wait(co_barrier *barrier);

/* reset(), abort(): all tasks that wait fail with CO_EBROKEN. After a reset the barrier
 * can fill again, even if it was aborted before, as soon as all of them have failed;
 * tasks that call earlier wait until then. After an abort every later wait fails as
 * well. Both return 0, and are coroutines because they are in asyncio: they do not
 * suspend.
 */
co_checked int co_barrier_reset(co_barrier *barrier);
co_checked int co_barrier_abort(co_barrier *barrier);

/* parties: how many tasks it needs; n_waiting: how many wait while it fills, else 0;
 * broken: whether it was aborted.
 */
int co_barrier_parties(const co_barrier *barrier);
int co_barrier_waiting(const co_barrier *barrier);
bool co_barrier_broken(const co_barrier *barrier);

#endif
