/* default_executor.c — the default executor of a loop, and its shutdown. */
#include "engine/outside/thread_pool.h"

/* ---- the end of a run ---------------------------------------------------- */

static struct co_executors *executors_of(const struct co_extension *extension)
{
    return co_container_of(extension, struct co_executors, extension);
}

static bool has_work(const struct co_extension *self)
{
    return executors_of(self)->default_executor;
}

static const struct co_future_class shutdown_class = {
    .what = "executor", .function = "co_shutdown_default_executor"
};

/* asyncio's shutdown_default_executor(), as a coroutine that asyncio.run() runs. */
static int shut_down(struct co_loop *loop, struct co_extension *self)
{
    co_executor *executor = executors_of(self)->default_executor;
    struct co_waiter waiter;

    loop->numbers++;
    co_pool_shut_and_notify(executor);
    co_future_prepare(&waiter.future, &shutdown_class, NULL);
    co_list_append(&executor->waiters, &waiter.link);
    int r = co_loop_run_until(loop, &waiter.future);
    co_list_remove(&waiter.link);
    if (r == 0)
        co_pool_join(executor);
    return r;
}

/* The next run has a default executor of its own. The threads of this one end when
 * their queue is empty.
 */
static void loop_closed(struct co_loop *loop, struct co_extension *self)
{
    struct co_executors *executors = executors_of(self);

    (void)loop;
    if (executors->default_executor)
        co_pool_shut(executors->default_executor);
    executors->default_executor = NULL;
    executors->default_is_shut_down = false;
}

struct co_executors *co_executors_get(struct co_loop *loop)
{
    static const struct co_extension_class class = {
        .size = sizeof(struct co_executors),
        .step = CO_SHUTDOWN_EXECUTOR,
        .has_work = has_work,
        .shut_down = shut_down,
        .loop_closed = loop_closed,
    };

    return executors_of(co_extension_get(loop, &class));
}

/* ---- the default executor ------------------------------------------------ */

void co_set_default_executor(co_executor *executor)
{
    co_executors_get(co_loop_here(__func__))->default_executor = executor;
}

co_executor *co_default_executor(void)
{
    return co_executors_get(co_loop_here(__func__))->default_executor;
}

int co_shutdown_default_executor(void)
{
    struct co_executors *executors = co_executors_get(co_loop_here(__func__));
    co_executor *executor = executors->default_executor;
    struct co_waiter waiter;
    uint64_t bound = 0;

    executors->default_is_shut_down = true;
    if (!executor)
        return 0;
    co_pool_shut_and_notify(executor);
    int r = co_waitq_wait(&waiter, &shutdown_class, executor, NULL, &executor->waiters,
                          &bound);
    co_pool_join(executor);
    return r;
}
