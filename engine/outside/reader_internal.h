/* reader_internal.h — the record of a reader. (Private to the engine.) */
#ifndef CO_READER_INTERNAL_H
#define CO_READER_INTERNAL_H

#include "engine/core/waitq.h"
#include "engine/reader.h"

struct co_reader {
    uv_pipe_t *pipe;    /* NULL: it has ended */
    co_callback *ended; /* queued then */
    const char *name;
    char *data; /* what was read ahead: from start to end */
    size_t start, end, capacity;
    char *taken;            /* what was returned last */
    struct co_list waiters; /* co_waiter.link: the task that waits */
    bool wants_all;         /* that task waits for all bytes, not for a line */
    bool paused;            /* too much is unread */
    int error;              /* with which the pipe ended; 0: none */
};

/* Read from an open file descriptor, which the reader closes. */
co_reader *co_reader_new(struct co_loop *loop, int fd, const char *name,
                         co_callback *ended);

/* Stop reading and close the pipe. Bytes that were read ahead can still be taken. NULL
 * is allowed.
 */
void co_reader_close(co_reader *reader);

/* NULL is allowed. */
void co_reader_free(co_reader *reader);

#endif
