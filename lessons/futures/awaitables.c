/* Three things to await: a coroutine, a task, a future. */
#include "lessons/lesson.h"

async_def(nested) { return 42; }

/* A coroutine: a call. */
async_def(main1)
{
    say("%d", await(co_call(nested)));
    return 0;
}

/* A task: the same coroutine, run by the loop. */
async_def(main2)
{
    co_task *task = co_spawn(nested);
    say("%d", await(co_join(task)));
    return 0;
}

/* A callback of the loop, which sets the result of a future. */
struct promise {
    co_callback callback;
    co_future future;
};

static void set_result(co_callback *callback)
{
    struct promise *self = co_container_of(callback, struct promise, callback);
    co_future_set(&self->future, text("Future result"));
}

/* A future: a result that other code sets. */
async_def(main3, struct promise promise)
{
    co_future_init(&self->promise.future);
    self->promise.callback.run = set_result;
    co_call_soon(&self->promise.callback);
    say("%s", str(await(co_join(&self->promise.future))));
    return 0;
}

static int program(void)
{
    asyncio_run(main1);
    asyncio_run(main2);
    asyncio_run(main3);
    return 0;
}

const struct about futures_awaitables = {
    .title = "a coroutine, a task and a future, each awaited",
    .idea = "await works for all three. The difference is what runs meanwhile: a "
            "coroutine is called, in the same task; a task runs by itself; a future "
            "waits for other code to set it.",
    .look = "The first main never waits; the second waits for a task; the third waits "
            "for a future that a callback of the loop sets. The one task with a number "
            "is Task-5: the first asyncio.run() used three numbers, one for main and "
            "two when it ended.",
    .replays = "E05",
    .program = program,
};
