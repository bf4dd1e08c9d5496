/* Three things to await: a coroutine, a task, a future. */
#include "lessons/lesson.h"

struct nested {
};

static int nested(void *) { return 42; }

/* A coroutine: a call. */
static int main1(void *)
{
    int result = await(co_call(nested));

    say("%d", result);
    return 0;
}

/* A task: the same coroutine, run by the loop. */
static int main2(void *)
{
    co_task *task = co_spawn(nested);
    int result = await(co_join(task));

    say("%d", result);
    return 0;
}

/* A future: a result that other code sets, here a callback of the loop. */
struct promise {
    co_future future;
    co_callback callback;
    const char *value;
};

static void set_result(co_callback *callback)
{
    struct promise *promise = co_container_of(callback, struct promise, callback);

    promise->value = "Future result";
    co_future_set(&promise->future, 0);
}

static int main3(void *)
{
    struct promise promise = { .callback.run = set_result };

    co_future_init(&promise.future);
    co_call_soon(&promise.callback);
    await(co_join(&promise.future));
    say("%s", promise.value);
    return 0;
}

static int program(void)
{
    int r = co_run(main1, NULL);

    if (r >= 0)
        r = co_run(main2, NULL);
    if (r >= 0)
        r = co_run(main3, NULL);
    return r;
}

const struct about tasks_awaitables = {
    .title = "a coroutine, a task and a future, each awaited",
    .idea = "await works for all three. The difference is what runs meanwhile: a "
            "coroutine is called, in the same task; a task runs by itself; a future "
            "waits for other code to set it.",
    .look = "The first main never waits; the second waits for a task; the third waits "
            "for a future that a callback of the loop sets. The numbers of the tasks "
            "have gaps: each asyncio.run() uses two more when it ends.",
    .replays = "E05",
    .program = program,
};
