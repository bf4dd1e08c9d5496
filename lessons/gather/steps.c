/* Two steps, called in a row and then gathered. */
#include "lessons/lesson.h"

async_def(step1)
{
    say("Step 1: Starting");
    await(co_sleep(1));
    say("Step 1: Done");
    return text("Result 1");
}

async_def(step2)
{
    say("Step 2: Starting");
    await(co_sleep(1));
    say("Step 2: Done");
    return text("Result 2");
}

async_def(main_task)
{
    /* 1 s and 1 s: the second step begins when the first has ended. */
    int first = await(co_call(step1));
    int second = await(co_call(step2));
    say("Sequential: %s, %s", str(first), str(second));

    /* 1 s for both. */
    int both = await(gather(co_spawn(step1), co_spawn(step2)));
    say("Concurrent: %s, %s", str(at(both, 0)), str(at(both, 1)));
    return 0;
}

const struct about gather_steps = {
    .title = "two steps in a row, then two steps at once",
    .idea = "An await stops this coroutine; it does not start another one. Without a "
            "second task nothing can run meanwhile.",
    .look = "In the first half Step 2 starts when Step 1 is done, at 1.000; in the "
            "second both start at 2.000, and both are done at 3.000.",
    .replays = "C09",
    main_is(main_task),
};
