#include "engine/outside/thread_pool.h"

#include <stdlib.h>
#include <unistd.h>

#include "engine/core/block.h"

/* ---- in a thread --------------------------------------------------------- */

/* In a thread of an executor: those of its program. The thread must not look for them
 * among the extensions of the loop, which change without the mutex.
 */
static _Thread_local struct co_pools *pools_of_thread;

static void wait_for_work(co_executor *executor)
{
    executor->idle++;
    co_inbox_thread_idle(executor->loop);
    while (executor->woken == 0)
        uv_cond_wait(&executor->wake, &executor->loop->inbox.mutex);
    executor->woken--;
}

/* NULL: the executor is shut down, and its queue empty. */
static struct co_work *next_work(co_executor *executor)
{
    while (co_list_empty(&executor->queue)) {
        if (executor->is_shut_down)
            return NULL;
        wait_for_work(executor);
    }
    struct co_work *work =
        co_container_of(executor->queue.next, struct co_work, queued);
    co_list_remove(&work->queued);
    return work;
}

static void end_thread(co_executor *executor)
{
    if (--executor->alive == 0 && executor->awaited)
        co_inbox_post(executor->loop, executor->loop->inbox.serial, &executor->ended);
    co_inbox_thread_idle(executor->loop);
}

static void thread_main(void *argument)
{
    co_executor *executor = argument;
    struct co_loop *loop = executor->loop;
    struct co_current_error current_error = {};

    co_thread_loop = loop;
    pools_of_thread = executor->pools;
    co_thread_current_error = &current_error;
    co_inbox_lock(loop);
    for (struct co_work *work; (work = next_work(executor));)
        work->run(loop, work);
    end_thread(executor);
    co_inbox_unlock(loop);
    co_error_drop(current_error.error);
    co_contextvars_drop(co_thread_contextvars);
}

/* ---- the executors of a program ------------------------------------------ */

static struct co_pools *pools_of(struct co_extension *extension)
{
    return co_container_of(extension, struct co_pools, extension);
}

static void init_pools(struct co_extension *self)
{
    co_list_init(&pools_of(self)->all);
}

static void finish_pools(struct co_loop *loop, struct co_extension *self)
{
    struct co_list *all = &pools_of(self)->all;

    while (!co_list_empty(all)) {
        co_executor *executor = co_container_of(all->next, co_executor, all);
        co_pool_finish(executor);
        co_inbox_lock(loop);
        co_list_remove(&executor->all);
        co_inbox_unlock(loop);
        uv_cond_destroy(&executor->wake);
        free(executor);
    }
}

static struct co_pools *pools_get(struct co_loop *loop)
{
    static const struct co_extension_class class = {
        .size = sizeof(struct co_pools),
        .of_program = true,
        .init = init_pools,
        .step = CO_SHUTDOWN_NONE,
        .finish = finish_pools,
    };

    return pools_of(co_extension_get(loop, &class));
}

/* The executor may have been freed, so only its address is used. */
static bool is_among(const struct co_pools *pools, const co_executor *executor)
{
    co_list_each(link, &pools->all)
        if (co_container_of(link, co_executor, all) == executor)
            return true;
    return false;
}

bool co_pool_has(struct co_loop *loop, const co_executor *executor)
{
    return is_among(pools_get(loop), executor);
}

/* ---- making -------------------------------------------------------------- */

static void on_ended(co_callback *callback)
{
    co_waitq_wake_all(&co_container_of(callback, co_executor, ended)->waiters);
}

/* As many as in ThreadPoolExecutor. */
static unsigned default_threads(void)
{
    enum { EXTRA = 4, MAX = 32 };
    long processors = sysconf(_SC_NPROCESSORS_ONLN);

    if (processors < 1)
        processors = 1;
    return processors + EXTRA < MAX ? (unsigned)processors + EXTRA : MAX;
}

co_executor *co_executor_new(unsigned threads)
{
    struct co_loop *loop = co_loop_here(__func__);
    unsigned max = threads ? threads : default_threads();
    co_executor *executor = co_alloc(sizeof(*executor) + max * sizeof(uv_thread_t));

    *executor = (co_executor){
        .loop = loop,
        .pools = pools_get(loop),
        .max_threads = max,
        .ended.run = on_ended,
    };
    co_inbox_lock(loop);
    co_list_append(&executor->pools->all, &executor->all);
    co_inbox_unlock(loop);
    co_list_init(&executor->queue);
    co_list_init(&executor->ended.link);
    co_list_init(&executor->waiters);
    uv_cond_init(&executor->wake);
    loop->inbox.threads = true;
    co_poll_open(&loop->poll);
    return executor;
}

unsigned co_executor_threads(const co_executor *executor)
{
    struct co_loop *loop = co_loop_of_thread();

    if (!loop)
        return 0;
    const struct co_pools *pools = co_loop_now ? pools_get(loop) : pools_of_thread;
    co_inbox_lock(loop);
    unsigned threads = is_among(pools, executor) ? executor->max_threads : 0;
    co_inbox_unlock(loop);
    return threads;
}

/* All but those that the thread itself causes, by a fault. */
static void block_signals(sigset_t *ret_before)
{
    static const int faults[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT };
    sigset_t signals;

    sigfillset(&signals);
    for (size_t i = 0; i < sizeof(faults) / sizeof(*faults); i++)
        sigdelset(&signals, faults[i]);
    pthread_sigmask(SIG_SETMASK, &signals, ret_before);
}

static void start_thread(co_executor *executor)
{
    sigset_t before;

    block_signals(&before);
    if (uv_thread_create(&executor->thread[executor->threads], thread_main, executor) ==
        0) {
        executor->threads++;
        executor->alive++;
        executor->loop->inbox.busy_threads++;
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

/* ---- work ---------------------------------------------------------------- */

/* The threads count as busy from now on, before they run again, so that the virtual
 * clock does not advance meanwhile.
 */
static void wake(co_executor *executor, unsigned count)
{
    executor->idle -= count;
    executor->woken += count;
    executor->loop->inbox.busy_threads += count;
    if (count == 1)
        uv_cond_signal(&executor->wake);
    else
        uv_cond_broadcast(&executor->wake);
}

int co_pool_refuse(void)
{
    return co_raise(CO_ERUNTIME, "cannot schedule new futures after shutdown");
}

int co_pool_submit(co_executor *executor, struct co_work *work)
{
    if (executor->is_shut_down)
        return co_pool_refuse();
    if (executor->idle > 0)
        wake(executor, 1);
    else if (executor->threads < executor->max_threads)
        start_thread(executor);
    if (executor->alive == 0)
        return co_raise(CO_ERUNTIME, "can't start new thread");
    co_list_append(&executor->queue, &work->queued);
    return 0;
}

/* ---- the end ------------------------------------------------------------- */

static void shut(co_executor *executor)
{
    executor->is_shut_down = true;
    wake(executor, executor->idle);
}

void co_pool_shut(co_executor *executor)
{
    co_inbox_lock(executor->loop);
    shut(executor);
    co_inbox_unlock(executor->loop);
}

void co_pool_shut_and_notify(co_executor *executor)
{
    struct co_loop *loop = executor->loop;

    co_inbox_lock(loop);
    shut(executor);
    executor->awaited = true;
    if (executor->alive == 0 && co_list_empty(&executor->ended.link))
        co_ready(loop, &executor->ended);
    co_inbox_unlock(loop);
}

void co_pool_join(co_executor *executor)
{
    if (executor->loop->virtual_time)
        co_block_until_zero(executor->loop, &executor->alive);
    while (executor->threads > 0)
        uv_thread_join(&executor->thread[--executor->threads]);
}

void co_pool_finish(co_executor *executor)
{
    co_pool_shut(executor);
    co_pool_join(executor);
}

/* The list of executors is read here without the mutex: only the loop's thread, which
 * is this one, changes it.
 */
int co_executor_finish(co_executor *executor)
{
    if (!executor)
        return 0;
    if (!co_loop_now)
        return co_thread_loop ? co_raise(CO_ERUNTIME, "cannot join current thread")
                              : CO_ERUNTIME;
    if (!co_pool_has(co_loop_now, executor))
        return co_raise(CO_ERUNTIME, "no executor of this program");
    co_pool_finish(executor);
    return 0;
}
