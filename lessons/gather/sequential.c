/* Two jobs, first one after the other, then both at once. */
#include "lessons/lesson.h"

async_def(task1)
{
    say("Task 1 started");
    await(co_sleep(2));
    say("Task 1 completed");
    return text("Result 1");
}

async_def(task2)
{
    say("Task 2 started");
    await(co_sleep(1));
    say("Task 2 completed");
    return text("Result 2");
}

async_def(main_task)
{
    double start = co_now();

    /* Awaiting a coroutine is a call: main goes on when the coroutine returns. */
    say("--- Sequential execution ---");
    int first = await(co_call(task1));
    int second = await(co_call(task2));
    say("Sequential results: %s, %s", str(first), str(second));
    say("Sequential time: %.2f seconds", co_now() - start);

    start = co_now();

    /* Spawned, each is a task of its own: the two sleeps overlap. */
    say("\n--- Concurrent execution ---");
    int results = await(gather(co_spawn(task1), co_spawn(task2)));
    say("Concurrent results: %s", str(results));
    say("Concurrent time: %.2f seconds", co_now() - start);
    return 0;
}

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
    main_is(main_task),
};
