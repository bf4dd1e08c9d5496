/* reader_internal.h — readers from inside. (Private to the engine.) */
#ifndef CO_READER_INTERNAL_H
#define CO_READER_INTERNAL_H

#include "engine/core/waitq.h"
#include "engine/reader.h"

struct co_reader {
    uv_pipe_t *pipe;    /* NULL: its end has come */
    co_callback *ended; /* called soon after that */
    const char *name;
    char *data; /* what was read ahead: from start to end */
    size_t start, end, capacity;
    char *taken;            /* what was handed out last */
    struct co_list waiters; /* co_waiter.link: the task that waits, */
    bool wants_all;         /* and that for everything */
    bool paused;            /* there is too much unread */
    int error;              /* that ended the pipe; 0: none */
};

/* Read from an open file descriptor, which is the reader's now. */
co_reader *co_reader_new(struct co_loop *loop, int fd, const char *name,
                         co_callback *ended);

/* Read no more; what was read ahead is still there. NULL is allowed. */
void co_reader_close(co_reader *reader);

/* NULL is allowed. */
void co_reader_free(co_reader *reader);

#endif
