#include "engine/signal.h"

#include <stdlib.h>

#include "engine/core/loop_internal.h"

/* ---- handlers ------------------------------------------------------------ */

/* libuv says that it came; the loop notices, and runs the callback an iteration later,
 * as often as it came.
 */
struct watch {
    struct co_handle handle; /* so that the end of the run knows of it */
    uv_signal_t *uv;
    co_signal *signal; /* NULL: stopped */
    struct co_contextvars *contextvars;
    co_callback noticed, call;
    unsigned came, calls;
};

static void free_watch(co_future *future)
{
    struct watch *watch = co_container_of(future, struct watch, handle.future);

    co_loop_now->poll.listeners--;
    co_poll_close_handle(watch->uv);
    co_list_remove(&watch->noticed.link);
    co_list_remove(&watch->call.link);
    co_contextvars_drop(watch->contextvars);
    free(watch);
}

static const struct co_future_class watching = { .what = "signal", .free = free_watch };

static void on_signal(uv_signal_t *uv, int number)
{
    struct watch *watch = uv->data;

    (void)number;
    watch->came++;
    if (co_list_empty(&watch->noticed.link))
        co_ready(co_loop_now, &watch->noticed);
}

static void on_noticed(co_callback *callback)
{
    struct watch *watch = co_container_of(callback, struct watch, noticed);

    watch->calls += watch->came;
    watch->came = 0;
    if (!co_list_empty(&watch->call.link))
        return;
    watch->call.contextvars = co_contextvars_keep(watch->contextvars);
    co_ready(co_loop_now, &watch->call);
}

static void on_call(co_callback *callback)
{
    struct watch *watch = co_container_of(callback, struct watch, call);

    co_ref(&watch->handle.future); /* the callback may stop it */
    for (; watch->calls > 0 && watch->signal; watch->calls--)
        watch->signal->callback.run(&watch->signal->callback);
    co_unref(&watch->handle.future);
}

static void stop(struct watch *watch)
{
    watch->signal = NULL;
    uv_signal_stop(watch->uv);
    co_unref(&watch->handle.future);
}

/* That of a signal, or for a number; NULL: there is none. */
static struct watch *find(struct co_loop *loop, const co_signal *signal, int number)
{
    co_list_each(link, &loop->handles) {
        co_future *future = &co_container_of(link, struct co_handle, all)->future;
        struct watch *watch = co_container_of(future, struct watch, handle.future);
        if (future->class == &watching && watch->signal &&
            (watch->signal == signal || watch->uv->signum == number))
            return watch;
    }
    return NULL;
}

static bool is_valid(int number)
{
    enum { LAST_OF_OLD = 31 };

    return number >= 1 && number <= SIGRTMAX &&
           (number <= LAST_OF_OLD || number >= SIGRTMIN);
}

static struct watch *make_watch(struct co_loop *loop, co_signal *signal)
{
    struct watch *watch = co_alloc(sizeof(*watch));

    co_handle_prepare(&watch->handle, &watching);
    co_ref(&watch->handle.future);
    co_drop(&watch->handle.future); /* it is the loop's, not the task's */
    watch->signal = signal;
    watch->contextvars = co_contextvars_keep(co_contextvars_here(loop));
    watch->noticed = (co_callback){ .run = on_noticed };
    watch->call = (co_callback){ .run = on_call };
    co_list_init(&watch->noticed.link);
    co_list_init(&watch->call.link);
    watch->came = watch->calls = 0;
    watch->uv = co_alloc(sizeof(*watch->uv));
    co_poll_open(&loop->poll);
    uv_signal_init(&loop->poll.loop, watch->uv);
    uv_unref((uv_handle_t *)watch->uv);
    watch->uv->data = watch;
    loop->poll.listeners++;
    return watch;
}

int co_signal_start(co_signal *signal, int number)
{
    struct co_loop *loop = co_loop_here();

    if (!is_valid(number))
        return co_raise(CO_EVALUE, "invalid signal number %d", number);
    struct watch *before = find(loop, signal, number);
    struct watch *watch = make_watch(loop, signal);
    int r = uv_signal_start(watch->uv, on_signal, number);
    if (r < 0) {
        stop(watch);
        return co_raise(CO_ERUNTIME, "sig %d cannot be caught", number);
    }
    if (before)
        stop(before);
    co_request_poll(loop);
    return 0;
}

bool co_signal_stop(co_signal *signal)
{
    struct co_loop *loop = co_loop_here();
    struct watch *watch = find(loop, signal, 0);

    if (!watch)
        return false;
    stop(watch);
    return true;
}
