#include "engine/outside/thread_pool.h"

#include <stdlib.h>
#include <unistd.h>

/* ---- in a thread --------------------------------------------------------- */

static void wait_to_be_woken(co_executor *executor)
{
    executor->idle++;
    co_inbox_thread_idle(executor->loop);
    while (executor->woken == 0)
        uv_cond_wait(&executor->wake, &executor->loop->inbox.mutex);
    executor->woken--;
}

/* NULL: there will be none any more. */
static struct co_work *next_work(co_executor *executor)
{
    while (co_list_empty(&executor->queue)) {
        if (executor->is_shut_down)
            return NULL;
        wait_to_be_woken(executor);
    }
    struct co_work *work =
        co_container_of(executor->queue.next, struct co_work, queued);
    co_list_remove(&work->queued);
    return work;
}

static void end_thread(co_executor *executor)
{
    if (--executor->alive == 0 && executor->awaited)
        co_inbox_post(executor->loop, &executor->ended);
    co_inbox_thread_idle(executor->loop);
}

static void thread_main(void *argument)
{
    co_executor *executor = argument;
    struct co_loop *loop = executor->loop;
    struct co_current_error current_error = {};

    co_thread_loop = loop;
    co_thread_current_error = &current_error;
    co_inbox_lock(loop);
    for (struct co_work *work; (work = next_work(executor));)
        work->run(loop, work);
    end_thread(executor);
    co_inbox_unlock(loop);
    co_error_drop(current_error.error);
    co_contextvars_drop(co_thread_contextvars);
}

/* ---- making -------------------------------------------------------------- */

static void on_ended(co_callback *callback)
{
    co_waitq_wake_all(&co_container_of(callback, co_executor, ended)->waiters);
}

static unsigned usual_threads(void)
{
    enum { MORE = 4, MOST = 32 };
    long processors = sysconf(_SC_NPROCESSORS_ONLN);

    if (processors < 1)
        processors = 1;
    return processors + MORE < MOST ? (unsigned)processors + MORE : MOST;
}

co_executor *co_executor_new(unsigned threads)
{
    struct co_loop *loop = co_loop_here();
    unsigned most = threads ? threads : usual_threads();
    co_executor *executor = co_alloc(sizeof(*executor) + most * sizeof(uv_thread_t));

    *executor =
        (co_executor){ .loop = loop, .max_threads = most, .ended.run = on_ended };
    co_list_append(&co_executors_get(loop)->all, &executor->all);
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
    return executor->max_threads;
}

/* All but those that only the thread itself can cause. */
static void block_signals(sigset_t *ret_before)
{
    static const int own[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT };
    sigset_t signals;

    sigfillset(&signals);
    for (size_t i = 0; i < sizeof(own) / sizeof(*own); i++)
        sigdelset(&signals, own[i]);
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

/* They are under way as of now, not only once they have noticed. */
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

int co_pool_submit(co_executor *executor, struct co_work *work)
{
    if (executor->is_shut_down)
        return co_raise(CO_ERUNTIME, "cannot schedule new futures after shutdown");
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
    while (executor->threads > 0)
        uv_thread_join(&executor->thread[--executor->threads]);
}

void co_executor_finish(co_executor *executor)
{
    if (!executor)
        return;
    co_pool_shut(executor);
    co_pool_join(executor);
}
