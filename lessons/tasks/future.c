/* A task's result, and a future whose result somebody else sets. */
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

/* A future says when; what does not fit its int lies beside it. */
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

/* What the tasks share lies outside main, which may end before them. */
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
    .title = "a task brings its result, a future is given one",
    .idea = "A future is a result that is not there yet: anybody may wait for it, and "
            "anybody may set it; a task is a future that its coroutine sets.",
    .look = "At 3.000 the task that sets the future ends, and main, which waited for "
            "nothing but the future, goes on ('--level loop' shows set and wake).",
    .replays = "A05",
    .program = program,
};
