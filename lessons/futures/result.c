/* A task's result, and a future whose result another task sets. */
#include "lessons/lesson.h"

async_def(fetch_data, double delay, const char *value)
{
    await(co_sleep(self->delay));
    return text("Data %s", self->value);
}

async_def(set_future_result, co_future *future, const char *value)
{
    await(co_sleep(1));
    co_future_set(self->future, text("%s", self->value));
    return 0;
}

async_def(main_task, co_future future)
{
    co_task *task = co_spawn(fetch_data, 2, "X");
    say("Task created");
    say("Doing other work...");
    say("Task result: %s", str(await(co_join(task))));

    co_future_init(&self->future);
    co_spawn(set_future_result, &self->future, "Future value");
    say("Future result: %s", str(await(co_join(&self->future))));
    return 0;
}

const struct about futures_result = {
    .title = "a task has its own result, a future is given one",
    .idea = "A future is a result that is not there yet: any task may wait for it, "
            "and any task may set it. A task is a future, too: its coroutine's return "
            "value is its result.",
    .look = "At 3.000 a task sets the future and is done. main, which waits for the "
            "future and not for that task, resumes ('--level loop' shows set and "
            "wake).",
    .replays = "A05",
    main_is(main_task),
};
