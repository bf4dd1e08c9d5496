/* A task that nothing waits for, and a main that ends before it. */
#include "lessons/lesson.h"

async_def(save_log)
{
    say("saving");
    await(co_sleep(2));
    say("saved");
    return 0;
}

async_def(main_task)
{
    co_spawn(save_log);
    await(co_sleep(1));
    say("main ends");
    return 0;
}

const struct about tasks_orphan = {
    .title = "a task cut off by the end of main",
    .idea = "asyncio.run() waits for main only. When main ends, it cancels all tasks "
            "that are left.",
    .look = "At 1.000 main is done, and Task-2 is cancelled in the middle of its "
            "sleep. 'saved' is never printed, and no error says so.",
    .belief = "A task that was started always finishes.",
    main_is(main_task),
};
