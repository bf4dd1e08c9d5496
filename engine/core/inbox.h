/* inbox.h — what other threads hand to the loop. (Private to the engine.)
 *
 * Other threads queue callbacks here. The loop moves them to its ready queue before it
 * looks at its timers. One mutex guards all that several threads use: the inbox, the
 * executors, the observer.
 *
 * A `co_loop *` of the public headers is the loop's number, not its address: another
 * thread may keep it when the loop has ended, and a later loop may be at the same
 * address. A list of all loops, with a mutex of its own, finds the loop of a number.
 */
#ifndef CO_INBOX_H
#define CO_INBOX_H

#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

#include "engine/loop.h"

struct co_loop;

struct co_inbox {
    uv_mutex_t mutex;
    struct co_list callbacks; /* co_callback: queued by other threads, */
    struct co_list timers;    /* co_timer.callback: and these too */
    struct co_list clients;   /* co_inbox_client.link */
    uint64_t turn;            /* that of the last event */
    uint64_t serial;          /* of the current asyncio loop; see loop_switch.h */
    bool closed;              /* the loop takes nothing any more */
    /* Guarded by the mutex of the list of all loops: */
    struct co_list all; /* link: of that list */
    uint64_t *serials;  /* the numbers of the loop that are in use */
    size_t count, capacity;
    /* Not guarded: */
    bool threads;                  /* other threads may emit events */
    _Atomic bool pending;          /* something was queued */
    _Atomic unsigned busy_threads; /* how many other threads have something to do */
};

/* Something in another thread that waits for this loop, and must know of its end. */
struct co_inbox_client {
    struct co_list link;                               /* of co_inbox.clients */
    uint64_t serial;                                   /* of its asyncio loop */
    void (*loop_closed)(struct co_inbox_client *self); /* removes it from there */
};

/* Call loop_closed() of all clients of the current asyncio loop; in the loop's thread,
 * without the mutex. */
void co_inbox_close_clients(struct co_loop *loop);

/* The loop a thread of an executor works for, NULL in every other thread; and the
 * number of that loop when the function it runs was submitted.
 */
extern _Thread_local struct co_loop *co_thread_loop;
extern _Thread_local uint64_t co_thread_serial;

/* The loop of this thread, or the one it works for; NULL: none. */
struct co_loop *co_loop_of_thread(void);

void co_inbox_init(struct co_inbox *inbox);
void co_inbox_finish(struct co_inbox *inbox);

/* The number that a handle is. */
static inline uint64_t co_serial_of(const co_loop *handle) { return (uintptr_t)handle; }

/* A new number for the loop, which no other loop has or had; and its end: calls with
 * it are refused from now on.
 */
uint64_t co_inbox_add_serial(struct co_loop *loop);
void co_inbox_remove_serial(struct co_loop *loop, uint64_t serial);

/* Lock and unlock the mutex. */
void co_inbox_lock(struct co_loop *loop);
void co_inbox_unlock(struct co_loop *loop);

/* Find the loop of this handle and lock its mutex. CO_ERUNTIME: it has ended, or takes
 * nothing any more; nothing is locked.
 */
int co_inbox_lock_open(co_loop *handle, struct co_loop **ret_loop);

/* ---- in another thread, with the mutex held ------------------------------ */

/* Queue a callback for the asyncio loop of this serial or handle (if that has ended,
 * for the current one), and wake the loop: one of the engine's own, or one that sees a
 * copy of the context variables of this thread.
 */
void co_inbox_post(struct co_loop *loop, uint64_t serial, co_callback *callback);
void co_inbox_post_in_context(struct co_loop *loop, co_loop *handle,
                              co_callback *callback);

/* This thread has nothing to do any more, for now. */
void co_inbox_thread_idle(struct co_loop *loop);

/* ---- in a thread of an executor ------------------------------------------ */

/* co_call_soon() and co_call_at() there; and take the callback, or that of the timer,
 * back, if the loop has not taken it yet.
 */
int co_inbox_call_soon(struct co_loop *loop, co_callback *callback);
int co_inbox_call_at(struct co_loop *loop, co_timer *timer, int64_t deadline_ns);
void co_inbox_cancel(struct co_loop *loop, co_callback *callback);

/* ---- in the loop's thread ------------------------------------------------ */

/* True if an event is certain to come: of I/O, or from another thread. Until then the
 * virtual clock stands still.
 */
bool co_inbox_active(struct co_loop *loop);

/* Append what other threads have queued to the ready queue and the timers. */
void co_inbox_take(struct co_loop *loop);

/* The same for the last time, until it is opened again. */
void co_inbox_close(struct co_loop *loop);
void co_inbox_open(struct co_loop *loop);

#endif
