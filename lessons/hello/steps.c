/* What runs when: before, inside and after a coroutine. */
#include "lessons/lesson.h"

async_def(simple_coroutine)
{
    say("Coroutine started");
    await(co_sleep(1));
    say("Coroutine resumed");
    return text("Done");
}

async_def(main_task)
{
    say("Before calling coroutine");
    int result = await(co_call(simple_coroutine));
    say("Result: %s", str(result));
    say("After coroutine");
    return 0;
}

const struct about hello_steps = {
    .title = "five lines: before, inside and after a coroutine",
    .idea = "A coroutine that resumes goes on behind the await where it stopped, with "
            "all its variables.",
    .look = "Two lines come at 0.000. main resumes at 1.000 inside the coroutine, and "
            "the other three lines follow.",
    .replays = "C04",
    main_is(main_task),
};
