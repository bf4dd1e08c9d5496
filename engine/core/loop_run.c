/* loop_run.c — the loop run by hand, by a program outside of co_run(). */
#include "engine/core/loop_internal.h"

static int left(struct co_loop *loop, int r)
{
    if (r == CO_EDEADLK)
        return co_deadlock(loop);
    if (r != CO_EXIT)
        return r;
    co_set_current_error(r, loop->exit_error);
    co_error_drop(loop->exit_error);
    loop->exit_error = NULL;
    return r;
}

static int may_run(const struct co_loop *loop)
{
    if (loop->running)
        return co_raise(CO_ERUNTIME, "This event loop is already running");
    return loop->closed ? co_loop_is_closed() : 0;
}

int co_run_until_complete(co_future *future)
{
    struct co_loop *loop = co_loop_here();

    await(may_run(loop));
    int r = co_loop_run_until(loop, future);
    return r < 0 ? left(loop, r) : co_future_outcome(future);
}

int co_run_forever(void)
{
    struct co_loop *loop = co_loop_here();

    await(may_run(loop));
    return left(loop, co_loop_run_forever(loop));
}

void co_stop(void)
{
    struct co_loop *loop = co_loop_here();

    loop->stopping = true;
    co_request_poll(loop);
}

int co_close(void)
{
    struct co_loop *loop = co_loop_here();

    if (loop->running)
        return co_raise(CO_ERUNTIME, "Cannot close a running event loop");
    if (!loop->closed) {
        co_loop_detach_waiters(loop);
        co_loop_discard(loop);
        co_inbox_remove_serial(loop, loop->serial);
    }
    loop->closed = true;
    return 0;
}
