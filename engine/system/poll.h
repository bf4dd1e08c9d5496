/* poll.h — libuv, for what only it can do: wait for the outside. (Private to the
 * engine.)
 *
 * Its callbacks append to the ready queue and do nothing else. The uv_loop_t is
 * made when it is first needed; a run on the virtual clock without I/O never does.
 */
#ifndef CO_POLL_H
#define CO_POLL_H

#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

struct co_poll {
    bool open;
    uv_loop_t loop;
    uv_timer_t timer;
    uv_async_t wake;
    bool broken_pipes;  /* SIGPIPE is ignored, and was not before */
    unsigned listeners; /* handles that may bring something, but make nobody wait */
};

/* Make it now, so that co_poll_wake() has something to wake; and unmake it. */
void co_poll_open(struct co_poll *poll);
void co_poll_close(struct co_poll *poll);

/* Close a handle of libuv's, allocated by itself, whose callbacks shall never come
 * again; it is freed once libuv is done with it. NULL is allowed.
 */
void co_poll_close_handle(void *handle);

/* Have writing to a pipe that nobody reads fail, instead of ending the program; until
 * it is closed.
 */
void co_poll_survive_broken_pipes(struct co_poll *poll);

/* True if there is I/O that somebody waits for. */
bool co_poll_active(struct co_poll *poll);

/* Take what has come, without waiting. */
void co_poll_now(struct co_poll *poll);

/* Wait so long (rounded up to libuv's milliseconds), or until something comes.
 * Returns the nanoseconds left; 0: all of it passed.
 */
int64_t co_poll_wait(struct co_poll *poll, int64_t length_ns);

/* Wait until something comes. */
void co_poll_forever(struct co_poll *poll);

/* End a wait, from a signal handler too. */
void co_poll_wake(struct co_poll *poll);

#endif
