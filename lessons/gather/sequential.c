/* Two jobs, first one after the other, then both at once. */
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
    double start = co_now();

    /* Awaiting a coroutine is a call: main goes on when the coroutine returns. */
    say("--- Sequential execution ---");
    struct task1 first = {};
    struct task2 second = {};
    await(task1(&first));
    await(task2(&second));
    say("Sequential results: %s, %s", first.result, second.result);
    say("Sequential time: %.2f seconds", co_now() - start);

    start = co_now();

    /* Spawned, each is a task of its own: the two sleeps overlap. */
    say("\n--- Concurrent execution ---");
    co_task *one = co_spawn(task1);
    co_task *two = co_spawn(task2);
    await(co_gather(one, two));
    say("Concurrent results: %s",
        list_of(co_frame(task1, one)->result, co_frame(task2, two)->result).s);
    say("Concurrent time: %.2f seconds", co_now() - start);
    return 0;
}

static int program(void) { return co_run(main_task, NULL); }

const struct about gather_sequential = {
    .title = "one after the other: 3 s; both at once: 2 s",
    .idea = "Coroutines awaited one after the other take the sum of their times; "
            "gathered, they take as long as the slower one.",
    .look = "Until 3.000 main is the only task, and both sleeps are its own. Then it "
            "spawns two tasks, which sleep at the same time; Task-2 prints 'Task 1'.",
    .truth = "The tutorial says that gather starts both running immediately. In fact "
             "it creates two tasks and puts them on the ready queue; they start, one "
             "after the other, when main waits.",
    .replays = "A03",
    .program = program,
};
