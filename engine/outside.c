/* outside.c — what other threads hand to the loop. */
#include "engine/sched.h"

void co_outside_init(struct co_outside *outside)
{
    co_list_init(&outside->callbacks);
    outside->awaited = 0;
    uv_mutex_init(&outside->mutex);
}

void co_outside_finish(struct co_outside *outside)
{
    uv_mutex_destroy(&outside->mutex);
}

static void queue(struct co_loop *loop, co_callback *callback)
{
    callback->values = NULL;
    uv_mutex_lock(&loop->outside.mutex);
    co_list_append(&loop->outside.callbacks, &callback->link);
    uv_mutex_unlock(&loop->outside.mutex);
}

int co_outside_call_soon(struct co_loop *loop, co_callback *callback)
{
    if (loop->debug)
        return co_raise(CO_ERUNTIME, "Non-thread-safe operation invoked on an event "
                                     "loop other than the current one");
    queue(loop, callback);
    return 0;
}

void co_call_soon_threadsafe(co_loop *loop, co_callback *callback)
{
    if (loop == co_loop_now) {
        co_call_soon(callback);
        return;
    }
    queue(loop, callback);
    co_poll_wake(&loop->poll);
}

bool co_outside_active(struct co_loop *loop)
{
    return loop->outside.awaited > 0 || co_poll_active(&loop->poll);
}

void co_outside_take(struct co_loop *loop)
{
    if (!loop->poll.open)
        return;
    uv_mutex_lock(&loop->outside.mutex);
    co_list_splice(&loop->next, &loop->outside.callbacks);
    uv_mutex_unlock(&loop->outside.mutex);
}
