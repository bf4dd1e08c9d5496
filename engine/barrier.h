/* barrier.h — so many tasks wait for each other, and go on together.
 *
 * It fills until the last one has come, and drains until all have gone on; whoever
 * comes meanwhile waits outside, so that it can be used again and again.
 */
#ifndef CO_BARRIER_H
#define CO_BARRIER_H

#include "engine/await.h"
#include "engine/condition.h"
#include "engine/future.h"

/* Nothing to free. It must outlive every task that uses it, those too that co_run()
 * cancels after main has ended, and is not moved.
 */
typedef struct co_barrier {
    const char *name; /* for traces; NULL: none */
    /* private */
    co_condition condition; /* notified of every change of the state */
    int parties, count;     /* how many it takes, and how many are inside */
    enum { CO_FILLING_, CO_DRAINING_, CO_RESETTING_, CO_BROKEN_ } state;
} co_barrier;

/* CO_EVALUE: fewer than one party; then it is no barrier. */
int co_barrier_init(co_barrier *barrier, int parties);
void co_barrier_finish(co_barrier *barrier);

/* Suspend until all have come, and return how many had come before: from 0 up. The last
 * one does not suspend; the others go on in the order they came, in the iterations that
 * follow. There is nothing to do at the end of what Python writes as `async with`.
 *
 * UV_ECANCELED: interrupted. The barrier is none the worse: it waits for another in our
 * place. CO_EBROKEN: it was aborted or reset while we waited, or aborted before.
 * CO_ERUNTIME: it belongs to another loop, as a lock may.
 */
co_checked int co_barrier_wait(co_barrier *barrier);

/* Have all who wait fail with CO_EBROKEN. After a reset it fills anew, even if it was
 * aborted, once all have failed; until then whoever comes stays outside. After an abort
 * every later wait fails as well. Coroutines in asyncio, but they never have to wait:
 * both return 0.
 */
co_checked int co_barrier_reset(co_barrier *barrier);
co_checked int co_barrier_abort(co_barrier *barrier);

/* How many it takes; how many wait while it fills, else 0; whether it was aborted. */
int co_barrier_parties(const co_barrier *barrier);
int co_barrier_waiting(const co_barrier *barrier);
bool co_barrier_broken(const co_barrier *barrier);

#endif
