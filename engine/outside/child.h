/* child.h — the record of a process, and its start. (Private to the engine.)
 */
#ifndef CO_CHILD_H
#define CO_CHILD_H

#include "engine/outside/reader_internal.h"
#include "engine/process.h"

struct co_process {
    struct co_handle handle; /* so that the end of the run frees it */
    uv_process_t *running;   /* NULL: its end has been noticed */
    uv_pipe_t *in;           /* NULL: closed, or no pipe */
    co_reader *out, *err;    /* NULL: no pipe */
    bool has_in;             /* a pipe, closed or not */
    int pid, code;
    co_callback changed;    /* queued when it, or one of its pipes, has ended */
    struct co_list waiters; /* co_waiter.link: the tasks that wait until it is over */
    struct co_list dropped; /* link: of the dropped processes that still run */

    bool closing;        /* close `in` when all is written */
    unsigned writes;     /* how many writes to `in` are not done yet */
    struct co_list full; /* co_waiter.link: the tasks that wait for these writes */
    char sink[64];       /* a buffer to read from `in`, which only ever ends */
};

/* Start it, with its pipes. Returns 0, or an error of the system, which is raised. */
int co_child_start(struct co_loop *loop, co_process *process,
                   co_process_options options, const char *const argv[]);

/* The exit callback of libuv. */
void co_child_ended(uv_process_t *running, int64_t status, int signal);

/* Close `in`; and close it when the process closes its end. */
void co_child_close_in(co_process *process);
void co_child_watch_in(co_process *process);

#endif
