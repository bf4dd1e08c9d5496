/* child.h — processes from inside. (Private to the engine.) */
#ifndef CO_CHILD_H
#define CO_CHILD_H

#include "engine/outside/reader_internal.h"
#include "engine/process.h"

struct co_process {
    struct co_handle handle; /* so that the end of the run knows of it */
    uv_process_t *running;   /* NULL: its end has been noticed */
    uv_pipe_t *in;           /* NULL: closed, or no pipe */
    co_reader *out, *err;    /* NULL: no pipe */
    bool has_in;             /* a pipe, closed or not */
    int pid, code;
    co_callback changed; /* it has ended, or one of its pipes has */
    struct co_list line; /* co_waiter.link: who waits until it is over */

    bool closing;        /* `in` closes once all is written */
    unsigned writes;     /* to it, that are under way, */
    struct co_list full; /* co_waiter.link: who waits for them */
    char sink[64];       /* for what nobody should write there */
};

/* Start it, with its pipes. An error of the system's. */
int co_child_start(struct co_loop *loop, co_process *process,
                   co_process_options options, const char *const argv[]);

/* What libuv calls at its end. */
void co_child_ended(uv_process_t *running, int64_t status, int signal);

/* Have `in` closed when the process closes it. */
void co_child_watch_in(co_process *process);
void co_child_close_in(co_process *process);

#endif
