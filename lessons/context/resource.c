/* async with: acquire a resource, use it, and release it. */
#include "lessons/lesson.h"

static int aenter(co_context_manager *)
{
    await(co_sleep(0.1));
    say("Resource acquired");
    return 0;
}

static int aexit(co_context_manager *, int r)
{
    await(co_sleep(0.1));
    say("Resource released");
    return r;
}

async_def(use_resource)
{
    await(co_sleep(0.5));
    return text("Resource data");
}

async_def(main_task)
{
    co_context_manager resource = { aenter, aexit };

    with_manager(&resource) {
        int data = await(co_call(use_resource));
        say("Resource data: %s", str(data));
    }
    return 0;
}

const struct about context_resource = {
    .title = "acquired at 0.1 s, released at 0.7 s",
    .idea = "A context manager does something before a block and something after it; "
            "with 'async with' both may wait.",
    .look = "There are three sleeps, and main does all of them: one before the block, "
            "one in it, one after it. A context manager makes no task.",
    .replays = "A07",
    main_is(main_task),
};
