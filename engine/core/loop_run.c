/* loop_run.c — the loop run by hand, by a program outside of co_run(). */
#include "engine/core/loop_internal.h"

/* The loop has ended otherwise than by its future: its error, with the reason. */
static int ended_with(struct co_loop *loop, int r)
{
    if (r == CO_EDEADLK)
        return co_deadlock(loop);
    if (!co_error_ends_loop(r))
        return r;
    co_set_current_error(r, loop->interrupted ? NULL : loop->exit_error);
    loop->interrupted = false;
    co_error_drop(loop->exit_error);
    loop->exit_error = NULL;
    return r;
}

/* Run the loop until `future` is done, or until co_stop() if it is NULL. Ctrl-C is
 * caught meanwhile, if the options ask for that.
 */
static int run_by_hand(struct co_loop *loop, co_future *future)
{
    const bool caught = loop->catch_sigint && co_sigint_catch();

    loop->by_hand = true;
    int r = future ? co_loop_run_until(loop, future) : co_loop_run_forever(loop);
    loop->by_hand = false;
    if (caught)
        co_sigint_release();
    return r < 0 ? ended_with(loop, r) : r;
}

static int may_run(const struct co_loop *loop)
{
    if (loop->running)
        return co_raise(CO_ERUNTIME, "This event loop is already running");
    return loop->closed ? co_loop_is_closed() : 0;
}

int co_run_until_complete(co_future *future)
{
    struct co_loop *loop = co_loop_here(__func__);

    await(may_run(loop));
    await(run_by_hand(loop, future));
    return co_future_outcome(future);
}

int co_run_forever(void)
{
    struct co_loop *loop = co_loop_here(__func__);

    await(may_run(loop));
    return run_by_hand(loop, NULL);
}

void co_stop(void)
{
    struct co_loop *loop = co_loop_here(__func__);

    loop->stopping = true;
    co_request_poll(loop);
}

int co_close(void)
{
    struct co_loop *loop = co_loop_here(__func__);

    if (loop->running)
        return co_raise(CO_ERUNTIME, "Cannot close a running event loop");
    if (!loop->closed) {
        co_loop_detach_waiters(loop);
        co_serial_close(loop->serial);
        co_loop_discard(loop);
    }
    loop->closed = true;
    return 0;
}
