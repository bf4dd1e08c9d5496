/* Debug mode reports a main that blocks the event loop. */
#include "lessons/lesson.h"

async_def(main_task)
{
    time_sleep(0.2);
    driver("blocked for 0.2 s");
    await(co_sleep(1));
    driver("slept for 1 s");
    return 0;
}

const struct about debug_slow = {
    .title = "0.2 s blocked are reported, 1 s slept is not",
    .idea = "In debug mode the event loop measures each turn of a task. It reports a "
            "turn of 0.1 s or more, for no other task could run meanwhile.",
    .look = "The note comes at 0.200, when the turn ends. The sleep of 1 s is a wait "
            "between two turns, and is not reported.",
    .truth = "The tutorial does not mention the warning, which is what debug mode is "
             "for. Its block has no main, so alone it ends with a NameError; this main "
             "is ours.",
    .replays = "D45",
    .debug = true,
    main_is(main_task),
};
