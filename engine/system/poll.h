/* poll.h — waiting for the kernel and for other threads, by libuv. (Private to the
 * engine.)
 *
 * The callbacks of libuv append to the ready queue and do nothing else. The uv_loop_t
 * is made when it is first needed: a run on the virtual clock without I/O needs none.
 */
#ifndef CO_POLL_H
#define CO_POLL_H

#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

struct co_poll {
    _Atomic bool open; /* other threads look at it before they wake the loop */
    uv_loop_t loop;
    uv_timer_t timer;
    uv_async_t wake;
    bool broken_pipes;  /* SIGPIPE is ignored, and was not before */
    unsigned listeners; /* handles of signals and watches, whose events may never come.
                           The loop waits for them, the virtual clock does not */
    unsigned dropped;   /* processes without a handle: the loop does not wait for them,
                           but handles their exit */
};

/* Open the uv_loop_t now, so that co_poll_wake() works from now on; close it and free
 * what it uses.
 */
void co_poll_open(struct co_poll *poll);
void co_poll_close(struct co_poll *poll);

/* Close a libuv handle that has an allocation of its own. Its callbacks run no more,
 * its `data` becomes NULL, and it is freed once libuv has closed it. NULL is allowed.
 */
void co_poll_close_handle(void *handle);

/* Writing to a pipe that has no reader fails with UV_EPIPE, instead of ending the
 * process by SIGPIPE, until co_poll_close().
 */
void co_poll_survive_broken_pipes(struct co_poll *poll);

/* True if there is I/O that is certain to end: of a process and its pipes. */
bool co_poll_active(struct co_poll *poll);

/* Run the callbacks of events that have come, without waiting. */
void co_poll_now(struct co_poll *poll);

/* The same, and wait for an event if there is none, but no longer than this (rounded up
 * to libuv's milliseconds). Returns the nanoseconds that are left; 0: all have passed.
 */
int64_t co_poll_wait(struct co_poll *poll, int64_t length_ns);

/* The same without a limit. */
void co_poll_forever(struct co_poll *poll);

/* End a wait. From any thread, and from a signal handler. */
void co_poll_wake(struct co_poll *poll);

#endif
