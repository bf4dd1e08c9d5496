/* Two sums computed at once, and their results taken later. */
#include "lessons/lesson.h"

struct calculate {
    int x, y;
};

static int calculate(void *frame)
{
    const struct calculate *self = frame;

    await(co_sleep(1));
    return self->x + self->y;
}

static int main_task(void *)
{
    co_task *task1 = co_spawn(calculate, 5, 3);
    co_task *task2 = co_spawn(calculate, 10, 20);

    int result1 = await(co_join(task1));
    int result2 = await(co_join(task2));
    say("Results: %d, %d", result1, result2);
    return 0;
}

static int program(void) { return co_run(main_task, NULL); }

const struct about tasks_sums = {
    .title = "two sums at once, each with a result",
    .idea = "Awaiting a task gives what its coroutine returned, also when the task "
            "was done long before.",
    .look = "Both tasks are done before main resumes. main waits once, for the first; "
            "the second result is there already.",
    .replays = "C13",
    .program = program,
};
