/* Two async functions, one after the other and then at the same time. */
#include "lessons/javascript/javascript.h"

js_async(task1)
{
    say("Task 1 started");
    js_await(js_sleep(2000));
    say("Task 1 completed");
    return js_text("Result 1");
}

js_async(task2)
{
    say("Task 2 started");
    js_await(js_sleep(1000));
    say("Task 2 completed");
    return js_text("Result 2");
}

js_async(main_task)
{
    double start = js_date_now();
    js_value first = js_await(js_call(task1));
    js_value second = js_await(js_call(task2));
    say("Sequential results: %s, %s", js_string(first), js_string(second));
    say("Sequential time: %s seconds", js_string((js_date_now() - start) / 1000));

    start = js_date_now();
    js_value results = js_await(js_all(js_call(task1), js_call(task2)));
    say("Concurrent results: %s", js_string(results));
    say("Concurrent time: %s seconds", js_string((js_date_now() - start) / 1000));
    return js_undefined;
}

static int program(void) { return js_run(main_task); }

const struct about javascript_together = {
    .title = "Promise.all waits for two that already run",
    .idea = "Promise.all starts nothing: both functions run since they were called. It "
            "is a promise of all their results, in the order of its argument.",
    .look = "From 3.000 on both tasks start before main waits. task2 is done at 4.000, "
            "task1 at 5.000, and the results begin with that of task1.",
    .replays = "A04",
    .program = program,
};
