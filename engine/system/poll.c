#include "engine/system/poll.h"

#include <signal.h>
#include <stdlib.h>

#include "engine/system/fatal.h"

/* Both callbacks only have to end a wait. libuv runs due timers before it polls, so a
 * timer that is due already would leave the poll without a limit; uv_stop() prevents
 * that.
 */
static void woken(uv_async_t *wake) { (void)wake; }

static void expired(uv_timer_t *timer) { uv_stop(timer->loop); }

static void must(int r)
{
    if (r < 0)
        co_fatal("no event loop: %s; close some files or raise the limit (ulimit -n)",
                 uv_strerror(r));
}

void co_poll_open(struct co_poll *poll)
{
    if (poll->open)
        return;
    must(uv_loop_init(&poll->loop));
    must(uv_timer_init(&poll->loop, &poll->timer));
    must(uv_async_init(&poll->loop, &poll->wake, woken));
    /* Neither of them is an event that a run waits for. */
    uv_unref((uv_handle_t *)&poll->timer);
    uv_unref((uv_handle_t *)&poll->wake);
    poll->open = true;
}

static uv_loop_t *opened(struct co_poll *poll)
{
    co_poll_open(poll);
    return &poll->loop;
}

void co_poll_close(struct co_poll *poll)
{
    if (!poll->open)
        return;
    poll->open = false;
    uv_close((uv_handle_t *)&poll->timer, NULL);
    uv_close((uv_handle_t *)&poll->wake, NULL);
    uv_run(&poll->loop, UV_RUN_DEFAULT);
    uv_loop_close(&poll->loop);
    if (poll->broken_pipes)
        signal(SIGPIPE, SIG_DFL);
    poll->broken_pipes = false;
}

void co_poll_survive_broken_pipes(struct co_poll *poll)
{
    struct sigaction before;

    sigaction(SIGPIPE, NULL, &before);
    if ((before.sa_flags & SA_SIGINFO) || before.sa_handler != SIG_DFL)
        return;
    signal(SIGPIPE, SIG_IGN);
    poll->broken_pipes = true;
}

static void closed(uv_handle_t *handle) { free(handle); }

void co_poll_close_handle(void *handle)
{
    if (!handle)
        return;
    ((uv_handle_t *)handle)->data = NULL;
    uv_close(handle, closed);
}

bool co_poll_active(struct co_poll *poll)
{
    return poll->open && uv_loop_alive(&poll->loop);
}

/* uv_run() polls only if some handle is referenced, so `wake` is for its duration. */
static void run_once(struct co_poll *poll, uv_run_mode mode)
{
    uv_loop_t *loop = opened(poll);

    uv_ref((uv_handle_t *)&poll->wake);
    uv_run(loop, mode);
    uv_unref((uv_handle_t *)&poll->wake);
}

void co_poll_now(struct co_poll *poll) { run_once(poll, UV_RUN_NOWAIT); }

int64_t co_poll_wait(struct co_poll *poll, int64_t length_ns)
{
    enum { NS_PER_MS = 1000000 };
    uv_loop_t *loop = opened(poll);
    const uint64_t begin = uv_hrtime();

    if (length_ns <= 0)
        return 0;
    /* The timer counts from the time libuv has cached. */
    uv_update_time(loop);
    uv_timer_start(&poll->timer, expired,
                   ((uint64_t)length_ns + NS_PER_MS - 1) / NS_PER_MS, 0);
    run_once(poll, UV_RUN_ONCE);
    uv_timer_stop(&poll->timer);

    int64_t left = length_ns - (int64_t)(uv_hrtime() - begin);
    return left > 0 ? left : 0;
}

void co_poll_forever(struct co_poll *poll) { run_once(poll, UV_RUN_ONCE); }

void co_poll_wake(struct co_poll *poll)
{
    if (poll->open)
        uv_async_send(&poll->wake);
}
