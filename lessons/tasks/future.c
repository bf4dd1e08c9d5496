/* A task's result, and a future whose result another task sets. */
#include "lessons/lesson.h"

#include <stdio.h>

struct fetch_data {
    double delay;
    const char *value;

    char data[16];
};

static int fetch_data(void *frame)
{
    struct fetch_data *self = frame;

    await(co_sleep(self->delay));
    snprintf(self->data, sizeof(self->data), "Data %s", self->value);
    return 0;
}

/* A future of ours has an int as its result; any other value is beside it. */
struct promise {
    co_future future;
    const char *value;
};

struct set_future_result {
    struct promise *promise;
    const char *value;
};

static int set_future_result(void *frame)
{
    const struct set_future_result *self = frame;

    await(co_sleep(1));
    self->promise->value = self->value;
    co_future_set(&self->promise->future, 0);
    return 0;
}

/* The tasks share this and may outlive main, so it is no local variable of main. */
struct main_task {
    struct promise promise;
};

static int main_task(void *frame)
{
    struct promise *promise = &((struct main_task *)frame)->promise;
    co_task *task = co_spawn(fetch_data, 2, "X");
    say("Task created");
    say("Doing other work...");
    await(co_join(task));
    say("Task result: %s", co_frame(fetch_data, task)->data);

    co_future_init(&promise->future);
    co_spawn(set_future_result, promise, "Future value");
    await(co_join(&promise->future));
    say("Future result: %s", promise->value);
    return 0;
}

static int program(void)
{
    struct main_task shared = {};

    return co_run_with(main_task, &shared, NULL);
}

const struct about tasks_future = {
    .title = "a task has its own result, a future is given one",
    .idea = "A future is a result that is not there yet: any task may wait for it, "
            "and any task may set it. A task is a future, too: its coroutine's return "
            "value is its result.",
    .look = "At 3.000 a task sets the future and is done. main, which waits for the "
            "future and not for that task, resumes ('--level loop' shows set and "
            "wake).",
    .replays = "A05",
    .program = program,
};
