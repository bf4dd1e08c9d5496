/* thread_pool.h — the threads of an executor, and the queue they work off. (Private to
 * the engine.)
 */
#ifndef CO_THREAD_POOL_H
#define CO_THREAD_POOL_H

#include "engine/core/waitq.h"
#include "engine/executor.h"

/* Something to be done in a thread: `run` is called with the loop's mutex held, lets
 * go of it for the work itself, and may free it.
 */
struct co_work {
    void (*run)(struct co_loop *loop, struct co_work *self);
    struct co_list queued; /* link: of co_executor.queue */
};

struct co_executor {
    struct co_list all; /* link: of co_executors.all */
    struct co_loop *loop;
    struct co_list queue; /* co_work.queued */
    uv_cond_t wake;
    unsigned max_threads;   /* threads it may have, */
    unsigned threads;       /* has, */
    unsigned alive;         /* and how many of these have not ended */
    unsigned idle;          /* and wait to be woken; */
    unsigned woken;         /* and how many were, and have not noticed yet */
    bool is_shut_down;      /* it takes no more work */
    bool awaited;           /* its last thread is to queue `ended` */
    co_callback ended;      /* lets those in line through */
    struct co_list waiters; /* co_waiter.link: who waits for its end */
    uv_thread_t thread[];
};

/* The executors of a loop: an extension of it. */
struct co_executors {
    struct co_extension extension;
    struct co_list all;            /* co_executor.all */
    co_executor *default_executor; /* NULL: not needed yet */
    bool default_is_shut_down;     /* it takes no more, whichever it is */
};

struct co_executors *co_executors_get(struct co_loop *loop);

/* With the mutex held: queue it, if the executor takes it. */
int co_pool_submit(co_executor *executor, struct co_work *work);

/* Take no more work; and have `ended` run once all is done. */
void co_pool_shut(co_executor *executor);
void co_pool_shut_and_notify(co_executor *executor);

/* Wait for the threads, which end once there is no more work. */
void co_pool_join(co_executor *executor);

#endif
