/* Threads that ask the loop: run_coroutine_threadsafe(), call_soon_threadsafe(). */
#include "lessons/lesson.h"

async_def(twice, int x)
{
    say("doubling %d", self->x);
    await(co_sleep(0.16 * self->x));
    return 2 * self->x;
}

struct call {
    co_callback callback;
    int x;
};

static void on_call(co_callback *callback)
{
    say("called with %d", co_container_of(callback, struct call, callback)->x);
}

thread_def(work, int x, struct call *call)
{
    say("asks for %d", self->x);
    co_concurrent_future *future = co_spawn_threadsafe(co_get_loop(), twice, self->x);
    say("got %d", co_concurrent_future_result(future, CO_FOREVER));
    co_concurrent_future_drop(future);
    co_block(0.1);
    return co_call_soon_threadsafe(co_get_loop(), &self->call->callback);
}

async_def(ticks, int times, double seconds)
{
    for (int i = 0; i < self->times; i++) {
        await(co_sleep(self->seconds));
        say("tick %d", i);
    }
    return 0;
}

async_def(main_task, struct call first, struct call second)
{
    co_task *ticking = co_spawn(ticks, 4, 0.1);

    self->first = (struct call){ { .run = on_call }, 1 };
    self->second = (struct call){ { .run = on_call }, 2 };
    await(co_gather(co_execute(NULL, work, 1, &self->first),
                    co_execute(NULL, work, 2, &self->second)));
    return await(co_join(ticking));
}

const struct about threads_asks = {
    .title = "asks",
    .replays = "",
    main_is(main_task),
};
