/* inbox.h — what other threads hand to the loop. (Private to the engine.)
 *
 * They queue callbacks here, and the loop takes them before it looks at its timers. One
 * mutex guards all that several threads look at: this, the executors, the observer.
 */
#ifndef CO_INBOX_H
#define CO_INBOX_H

#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

#include "engine/loop.h"

struct co_inbox {
    uv_mutex_t mutex;
    struct co_list callbacks; /* co_callback: queued by other threads, */
    struct co_list timers;    /* co_timer.callback: and these too */
    struct co_list clients;   /* co_inbox_client.link */
    uint64_t turn;            /* that of the last event */
    bool closed;              /* the loop takes nothing any more */
    /* Not guarded: */
    bool threads;                  /* there may be other threads that tell */
    _Atomic bool pending;          /* something was queued */
    _Atomic unsigned busy_threads; /* how many other threads have something to do */
};

/* What waits in another thread for something of this loop, and must know of its end. */
struct co_inbox_client {
    struct co_list link;                               /* of co_inbox.clients */
    void (*loop_closed)(struct co_inbox_client *self); /* removes it from there */
};

/* Call loop_closed() of all clients; in the loop's thread, without the mutex. */
void co_inbox_close_clients(struct co_loop *loop);

/* The loop a thread of an executor works for; NULL in every other thread. */
extern _Thread_local struct co_loop *co_thread_loop;

void co_inbox_init(struct co_inbox *inbox);
void co_inbox_finish(struct co_inbox *inbox);

/* Take the mutex; the same unless the loop takes nothing any more (CO_ERUNTIME); and
 * give it back.
 */
void co_inbox_lock(struct co_loop *loop);
int co_inbox_lock_open(struct co_loop *loop);
void co_inbox_unlock(struct co_loop *loop);

/* ---- in another thread, with the mutex held ------------------------------ */

/* Queue a callback, and wake the loop for it: one of the engine's own, or one that sees
 * the context variables of this thread.
 */
void co_inbox_post(struct co_loop *loop, co_callback *callback);
void co_inbox_post_in_context(struct co_loop *loop, co_callback *callback);

/* This thread has nothing to do any more, for now. */
void co_inbox_thread_idle(struct co_loop *loop);

/* ---- in a thread of an executor ------------------------------------------ */

/* co_call_soon() and co_call_at() there. */
int co_inbox_call_soon(struct co_loop *loop, co_callback *callback);
int co_inbox_call_at(struct co_loop *loop, co_timer *timer, int64_t deadline_ns);

/* ---- in the loop's thread ------------------------------------------------ */

/* True if something from outside is certain to happen: I/O, or another thread. Until
 * then the virtual clock stands still.
 */
bool co_inbox_active(struct co_loop *loop);

/* Append what other threads have queued to the ready queue and the timers. */
void co_inbox_take(struct co_loop *loop);

/* The same for the last time, until it is opened again. */
void co_inbox_close(struct co_loop *loop);
void co_inbox_open(struct co_loop *loop);

#endif
