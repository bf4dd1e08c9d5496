#include "engine/signal.h"

#include <stdlib.h>

#include "engine/core/loop_internal.h"

/* ---- handlers ------------------------------------------------------------ */

/* In asyncio a signal wakes the loop by a socket. So `noticed` runs in the iteration
 * whose poll finds the signal, and the program's callback in the next one, once for
 * each signal that came.
 */
struct handler {
    struct co_handle handle; /* so that the end of the run frees it */
    uv_signal_t *uv;
    co_signal *signal;                  /* NULL: stopped */
    struct co_contextvars *contextvars; /* that the callback sees */
    co_callback noticed, call;
    unsigned came, calls; /* signals since `noticed` ran; calls still to make */
};

static void free_handler(co_future *future)
{
    struct handler *handler = co_container_of(future, struct handler, handle.future);

    co_loop_now->poll.listeners--;
    co_poll_close_handle(handler->uv);
    co_list_remove(&handler->noticed.link);
    co_list_remove(&handler->call.link);
    co_contextvars_drop(handler->contextvars);
    free(handler);
}

static const struct co_future_class handler_class = { .what = "signal",
                                                      .free = free_handler };

static void on_signal(uv_signal_t *uv, int number)
{
    struct handler *handler = uv->data;

    (void)number;
    handler->came++;
    if (co_list_empty(&handler->noticed.link))
        co_ready(co_loop_now, &handler->noticed);
}

static void on_noticed(co_callback *callback)
{
    struct handler *handler = co_container_of(callback, struct handler, noticed);

    handler->calls += handler->came;
    handler->came = 0;
    if (!co_list_empty(&handler->call.link))
        return;
    handler->call.contextvars = co_contextvars_keep(handler->contextvars);
    co_ready(co_loop_now, &handler->call);
}

static void on_call(co_callback *callback)
{
    struct handler *handler = co_container_of(callback, struct handler, call);

    co_ref(&handler->handle.future); /* the callback may stop it */
    for (; handler->calls > 0 && handler->signal; handler->calls--)
        handler->signal->callback.run(&handler->signal->callback);
    /* Values that the callback sets are seen by its next call. */
    co_contextvars_drop(handler->contextvars);
    handler->contextvars = co_contextvars_keep(co_contextvars_here(co_loop_now));
    co_unref(&handler->handle.future);
}

static void stop(struct handler *handler)
{
    handler->signal = NULL;
    uv_signal_stop(handler->uv);
    co_unref(&handler->handle.future);
}

/* Stop the handlers of this co_signal, and those for this number, but not `except`.
 * False: there is none.
 */
static bool stop_others(struct co_loop *loop, const co_signal *signal, int number,
                        const struct handler *except)
{
    bool found = false;

    co_list_each(link, &loop->handles) {
        co_future *future = &co_container_of(link, struct co_handle, all)->future;
        struct handler *handler =
            co_container_of(future, struct handler, handle.future);
        if (future->class != &handler_class || !handler->signal || handler == except)
            continue;
        if (handler->signal != signal && handler->uv->signum != number)
            continue;
        stop(handler);
        found = true;
    }
    return found;
}

static bool is_valid(int number)
{
    enum { LAST_STANDARD = 31 };

    return number >= 1 && number <= SIGRTMAX &&
           (number <= LAST_STANDARD || number >= SIGRTMIN);
}

static struct handler *make_handler(struct co_loop *loop, co_signal *signal)
{
    struct handler *handler = co_alloc(sizeof(*handler));

    co_handle_prepare(&handler->handle, &handler_class);
    co_ref(&handler->handle.future);
    co_drop(&handler->handle.future); /* the loop owns it, not the task */
    handler->signal = signal;
    handler->contextvars = co_contextvars_keep(co_contextvars_here(loop));
    handler->noticed = (co_callback){ .run = on_noticed };
    handler->call = (co_callback){ .run = on_call };
    co_list_init(&handler->noticed.link);
    co_list_init(&handler->call.link);
    handler->came = handler->calls = 0;
    handler->uv = co_alloc(sizeof(*handler->uv));
    co_poll_open(&loop->poll);
    uv_signal_init(&loop->poll.loop, handler->uv);
    uv_unref((uv_handle_t *)handler->uv);
    handler->uv->data = handler;
    loop->poll.listeners++;
    return handler;
}

int co_signal_start(co_signal *signal, int number)
{
    struct co_loop *loop = co_loop_here(__func__);

    if (!is_valid(number))
        return co_raise(CO_EVALUE, "invalid signal number %d", number);
    if (loop->closed)
        return co_loop_is_closed();
    struct handler *handler = make_handler(loop, signal);
    int r = uv_signal_start(handler->uv, on_signal, number);
    if (r < 0) {
        stop(handler);
        return co_raise(CO_ERUNTIME, "sig %d cannot be caught", number);
    }
    stop_others(loop, signal, number, handler);
    co_request_poll(loop);
    return 0;
}

bool co_signal_stop(co_signal *signal)
{
    return stop_others(co_loop_here(__func__), signal, 0, NULL);
}
