/* finally with a wait in it: how a cancelled operation cleans up. */
#include "lessons/lesson.h"

async_def(acquire_resource)
{
    await(co_sleep(0.5));
    return text("resource");
}

async_def(use_resource, int resource)
{
    await(co_sleep(4));
    return self->resource;
}

async_def(release_resource, int resource) { return co_sleep(0.5); }

async_def(operation_with_cleanup)
{
    int resource = await(co_call(acquire_resource));

    int r = attempt(co_call(use_resource, resource));
    if (r == UV_ECANCELED)
        say("Operation was cancelled during use!");
    co_handling(r)
        await(co_call(release_resource, resource));
    return r; /* after the cleanup: the caller knows how it ended */
}

async_def(main_task)
{
    /* One operation is cancelled; to await it is to wait for its cleanup. */
    co_task *operation = co_spawn(operation_with_cleanup);
    await(co_sleep(1));
    co_cancel(operation);
    int r = attempt(co_join(operation));
    if (r != UV_ECANCELED)
        await(r);

    /* Another one runs to its end. */
    await(co_call(operation_with_cleanup));
    return 0;
}

const struct about cancel_cleanup = {
    .title = "cancelled at 1 s, and still half a second to clean up",
    .idea = "finally runs however the block ends, and may itself wait: a cancelled "
            "task is done when its cleanup is done.",
    .look = "The first operation is cancelled at 1.000 and done at 1.500. The second "
            "is not cancelled and takes 5 s.",
    .replays = "E15",
    main_is(main_task),
};
