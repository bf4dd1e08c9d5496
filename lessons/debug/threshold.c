/* Two tasks block the event loop, one briefly and one for longer. */
#include "lessons/lesson.h"

async_def(block, double seconds)
{
    time_sleep(self->seconds);
    driver("blocked for %g s", self->seconds);
    return 0;
}

async_def(main_task)
{
    await(co_join(co_spawn(block, 0.05)));
    await(co_join(co_spawn(block, 0.2)));
    await(co_sleep(1));
    return 0;
}

const struct about debug_threshold = {
    .title = "0.05 s blocked pass, 0.2 s are reported",
    .idea = "The limit is slow_callback_duration, 0.1 s unless it is set. The report "
            "names the task whose turn it was.",
    .look = "Task-2 blocks for 0.05 s, and no note follows. Task-3 blocks for 0.2 s: "
            "the note at 0.250 names it.",
    .truth = "The warning comes with debug mode. The logging level DEBUG only adds "
             "messages about the loop itself. The block has no main, so alone it ends "
             "with a NameError; this one is ours.",
    .replays = "D47",
    .debug = true,
    main_is(main_task),
};
