/* The event loop made, used and closed without asyncio.run(). */
#include "lessons/lesson.h"

async_def(work) { return text("Result"); }

static int program(void)
{
    int result = co_run_until_complete(co_spawn(work));
    co_close();
    driver("%s", str(await(result)));
    return 0;
}

const struct about running_by_hand = {
    .title = "an event loop run by hand",
    .idea = "run_until_complete() is what asyncio.run() does in the middle. It does "
            "not cancel the tasks that are left.",
    .look = "The task is spawned and done as in asyncio.run(), and its result is "
            "printed outside of any task.",
    .truth = "The tutorial calls get_event_loop(). From Python 3.12 on it warns if "
             "there is no loop yet.",
    .replays = "D16",
    .program = program,
};
