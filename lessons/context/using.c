/* async with: the block runs between two waits. */
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

async_def(main_task)
{
    co_context_manager resource = { aenter, aexit };

    with_manager(&resource)
        say("Using the resource");
    return 0;
}

const struct about context_using = {
    .title = "a block that does not wait, between two waits",
    .idea = "The block begins when __aenter__ returns; __aexit__ begins when the "
            "block ends.",
    .look = "'Resource acquired' and 'Using the resource' are printed at the same "
            "time, 0.100. The release takes until 0.200.",
    .replays = "E19",
    main_is(main_task),
};
