/* inbox.h — the thread-safe inbox of the loop. (Private to the engine.)
 *
 * Other threads queue callbacks here. The loop moves them to its ready queue before it
 * checks its timers. One mutex guards all that several threads use: the inbox, the
 * executors, the observer.
 *
 * A `co_loop *` of the public headers is the loop's number, not its address: another
 * thread may use it after the loop has ended, when a later loop may be at the same
 * address. serial.h finds the loop of a number.
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
    struct co_list callbacks; /* co_callback: queued by other threads */
    struct co_list timers;    /* co_timer.callback: set by other threads */
    struct co_list clients;   /* co_inbox_client.link */
    struct co_list sleepers;  /* sleeping threads, in the order in which they continue;
                                 see block.h */
    uv_cond_t stopped;        /* signalled when a thread is not busy any more */
    uint64_t turn;            /* of the loop, at the last event */
    uint64_t serial;          /* of the current asyncio loop; see loop_switch.h */
    bool closed;              /* it refuses callbacks */
    /* Not guarded: */
    bool threads;                  /* other threads may emit events */
    _Atomic bool pending;          /* callbacks or timers are queued */
    _Atomic unsigned busy_threads; /* threads of executors that have work */
    _Atomic unsigned sleeping;     /* how many threads sleep */
    _Atomic uint64_t awaited; /* the order of the thread that has its turn; 0: none */
};

/* An object of another thread that waits for this loop. loop_closed() is called when
 * the loop is closed, and removes the object from the list.
 */
struct co_inbox_client {
    struct co_list link; /* of co_inbox.clients */
    uint64_t serial;     /* of its asyncio loop */
    void (*loop_closed)(struct co_inbox_client *self);
};

/* Call loop_closed() of all clients of the current asyncio loop. Call it in the loop's
 * thread, without the mutex.
 */
void co_inbox_close_clients(struct co_loop *loop);

/* In a thread of an executor: its loop, and the number of the asyncio loop from which
 * the function that it runs was submitted. NULL and 0 in every other thread.
 */
extern _Thread_local struct co_loop *co_thread_loop;
extern _Thread_local uint64_t co_thread_serial;

/* In the same thread: the order of its next sleep (block.h), and the order that its
 * function got when it was submitted. 0 in every other thread.
 */
extern _Thread_local uint64_t co_thread_order, co_thread_job;

/* The loop of this thread, or of the executor of this thread; NULL: none. */
struct co_loop *co_loop_of_thread(void);

void co_inbox_init(struct co_inbox *inbox);
void co_inbox_finish(struct co_inbox *inbox);

/* The number of the loop of this handle. */
static inline uint64_t co_serial_of(const co_loop *handle) { return (uintptr_t)handle; }

/* Lock and unlock the mutex. */
void co_inbox_lock(struct co_loop *loop);
void co_inbox_unlock(struct co_loop *loop);

/* Find the loop of this handle and lock its mutex. CO_ERUNTIME: the loop has ended or
 * is closed, and nothing is locked.
 */
int co_inbox_lock_open(co_loop *handle, struct co_loop **ret_loop);

/* ---- in another thread, with the mutex held ------------------------------ */

/* Queue a callback for the asyncio loop of this serial or handle, and wake the loop. If
 * that asyncio loop has ended, the current one gets the callback. The first function is
 * for callbacks of the engine. With the second, the callback sees a copy of this
 * thread's context variables.
 */
void co_inbox_post(struct co_loop *loop, uint64_t serial, co_callback *callback);
void co_inbox_post_in_context(struct co_loop *loop, co_loop *handle,
                              co_callback *callback);

/* This thread stops being busy, and its turn ends (block.h). */
void co_inbox_thread_idle(struct co_loop *loop);

/* ---- in a thread of an executor ------------------------------------------ */

/* co_call_soon(), co_call_at() and co_callback_cancel(). The last one also cancels the
 * callback of a timer. It has no effect once the loop has taken the callback.
 */
int co_inbox_call_soon(struct co_loop *loop, co_callback *callback);
int co_inbox_call_at(struct co_loop *loop, co_timer *timer, int64_t deadline_ns);
void co_inbox_cancel(struct co_loop *loop, co_callback *callback);

/* ---- in the loop's thread ------------------------------------------------ */

/* True if an event of I/O or of another thread is certain to come. Until then the
 * virtual clock does not advance.
 */
bool co_inbox_active(struct co_loop *loop);

/* Append what other threads have queued to the ready queue and the timers. */
void co_inbox_take(struct co_loop *loop);

/* Append them as well, and then refuse callbacks until co_inbox_open(). */
void co_inbox_close(struct co_loop *loop);
void co_inbox_open(struct co_loop *loop);

#endif
