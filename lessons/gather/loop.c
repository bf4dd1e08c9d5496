/* One loop, two tasks: the one that sleeps less is done first. */
#include "lessons/lesson.h"

struct task1 {
    const char *result;
};

static int task1(void *frame)
{
    struct task1 *self = frame;

    say("Task 1 started");
    await(co_sleep(2));
    say("Task 1 completed");
    self->result = "Result 1";
    return 0;
}

struct task2 {
    const char *result;
};

static int task2(void *frame)
{
    struct task2 *self = frame;

    say("Task 2 started");
    await(co_sleep(1));
    say("Task 2 completed");
    self->result = "Result 2";
    return 0;
}

static int main_task(void *)
{
    say("Starting event loop");

    co_task *one = co_spawn(task1);
    co_task *two = co_spawn(task2);
    await(co_gather(one, two));

    say("Results: %s",
        list_of(co_frame(task1, one)->result, co_frame(task2, two)->result).s);
    return 0;
}

static int program(void) { return co_run(main_task, NULL); }

const struct about gather_loop = {
    .title = "two tasks on one event loop, and which is done first",
    .idea = "The event loop runs each ready task until that task waits. When no task "
            "is ready, the loop itself sleeps.",
    .look = "main is the first task, so what prints 'Task 1' is Task-2 in the trace. "
            "At 0.000 all three tasks run; then the loop sleeps until a timer is due, "
            "at 1.000 and at 2.000.",
    .replays = "C06",
    .program = program,
};
