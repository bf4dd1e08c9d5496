/* thread_pool.h — the threads of an executor, and the queue of their work. (Private to
 * the engine.)
 */
#ifndef CO_THREAD_POOL_H
#define CO_THREAD_POOL_H

#include "engine/core/waitq.h"
#include "engine/executor.h"

/* Work for a thread. `run` is called with the loop's mutex held, unlocks it while it
 * works, and may free the struct.
 */
struct co_work {
    void (*run)(struct co_loop *loop, struct co_work *self);
    struct co_list queued; /* link: of co_executor.queue */
};

struct co_executor {
    struct co_list all; /* link: of co_pools.all */
    struct co_loop *loop;
    struct co_pools *pools;
    struct co_list queue; /* co_work.queued */
    uv_cond_t wake;
    unsigned max_threads;
    unsigned threads;       /* how many were started and not joined; of these */
    unsigned alive;         /* have not ended, */
    unsigned idle;          /* wait for work, */
    unsigned woken;         /* were woken and do not run yet */
    bool is_shut_down;      /* it accepts no more work */
    bool awaited;           /* its last thread queues `ended` */
    co_callback ended;      /* wakes the waiters */
    struct co_list waiters; /* co_waiter.link: the tasks that wait for its end */
    uv_thread_t thread[];
};

/* The executors of the program: an extension that all its loops share. */
struct co_pools {
    struct co_extension extension;
    struct co_list all; /* co_executor.all; changed with the mutex held */
};

/* The default executor of a loop: an extension of it. */
struct co_executors {
    struct co_extension extension;
    co_executor *default_executor; /* NULL: not needed yet */
    bool default_is_shut_down;     /* the default executor accepts no more work, also
                                      if it is replaced */
};

struct co_executors *co_executors_get(struct co_loop *loop);

/* With the mutex held: whether this is an executor of the program that still exists;
 * queue the work, or raise CO_ERUNTIME; raise the CO_ERUNTIME of an executor that was
 * shut down.
 */
bool co_pool_has(struct co_loop *loop, const co_executor *executor);
int co_pool_submit(co_executor *executor, struct co_work *work);
int co_pool_refuse(void);

/* Accept no more work; the second also queues `ended` when all work is done. */
void co_pool_shut(co_executor *executor);
void co_pool_shut_and_notify(co_executor *executor);

/* Block until the threads of an executor that was shut down have ended, which they do
 * when there is no more work; the second shuts it down first.
 */
void co_pool_join(co_executor *executor);
void co_pool_finish(co_executor *executor);

#endif
