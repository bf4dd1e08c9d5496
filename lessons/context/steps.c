/* async with, and an __aexit__ that says whether an error of the block goes on. */
#include "lessons/lesson.h"

static int aenter(co_context_manager *)
{
    say("Acquiring resource");
    await(co_sleep(1));
    return 0;
}

static int aexit(co_context_manager *, int r)
{
    say("Releasing resource");
    await(co_sleep(1));
    return r; /* an error of the block goes on */
}

async_def(main_task)
{
    co_context_manager resource = { aenter, aexit };

    with_manager(&resource) {
        say("Using resource");
        await(co_sleep(1));
    }
    return 0;
}

const struct about context_steps = {
    .title = "acquire, use, release: a second each",
    .idea = "What __aexit__ returns decides about an error of the block: with False, "
            "or no value, the error goes on; with True it ends there.",
    .look = "Each line is printed before its sleep: 'Releasing resource' at 2.000, "
            "but the block is over for main at 3.000.",
    .replays = "C17",
    main_is(main_task),
};
