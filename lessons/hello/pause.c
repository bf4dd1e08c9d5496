/* A fetch that takes two seconds, and a caller that waits for it. */
#include "lessons/lesson.h"

async_def(fetch_data)
{
    say("Starting fetch...");
    await(co_sleep(2));
    say("Fetch complete!");
    return text("Data");
}

async_def(main_task)
{
    say("Before await");
    int result = await(co_call(fetch_data));
    say("After await: %s", str(result));
    return 0;
}

const struct about hello_pause = {
    .title = "await pauses main for the 2 s of a fetch",
    .idea = "await pauses this task only. The event loop could run other tasks "
            "meanwhile; here there are none.",
    .look = "Between 0.000 and 2.000 nothing happens. 'After await' comes last, "
            "because main waits for the result.",
    .replays = "D10",
    main_is(main_task),
};
