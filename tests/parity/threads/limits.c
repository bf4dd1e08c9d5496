/* Limits and cancellations of threads that sleep: the threads go on. */
#include "lessons/lesson.h"

thread_def(naps, const char *name, int times, double seconds)
{
    for (int i = 0; i < self->times; i++) {
        say("%s %d", self->name, i);
        co_block(self->seconds);
    }
    say("%s ends", self->name);
    return self->times;
}

/* asyncio.to_thread() is a coroutine, of which wait_for() makes a task. */
async_def(to_thread, const char *name, int times, double seconds)
{
    return await(co_thread(naps, self->name, self->times, self->seconds));
}

async_def(in_thread, const char *name, int times, double seconds)
{
    return await(co_thread(naps, self->name, self->times, self->seconds));
}

async_def(main_task)
{
    if (attempt(co_wait_for(co_spawn(to_thread, "a", 2, 0.57), 0.3)) == UV_ETIMEDOUT)
        say("too late");
    say("%d", await(co_wait_for(co_spawn(to_thread, "b", 2, 0.1), 1)));

    if (attempt(co_within(0.2, co_thread(naps, "c", 1, 0.35))) == UV_ETIMEDOUT)
        say("too late again");

    co_task *task = co_spawn(in_thread, "d", 3, 0.4);
    await(co_sleep(0.1));
    co_cancel(task);
    if (attempt(co_join(task)) == UV_ECANCELED)
        say("cancelled");
    say("main ends");
    return 0;
}

static int program(void)
{
    int r = co_run(main_task, NULL);

    say("over");
    return r;
}

const struct about threads_limits = {
    .title = "limits",
    .replays = "",
    .program = program,
};
