/* A cleanup that takes time: even a cancelled task may wait. */
#include "lessons/lesson.h"

struct resource {
    bool held;
};

struct acquire_resource {
    struct resource *resource;
};

static int acquire_resource(void *frame)
{
    const struct acquire_resource *self = frame;

    await(co_sleep(0.5));
    self->resource->held = true;
    return 0;
}

struct use_resource {
    struct resource *resource;
};

static int use_resource(void *frame)
{
    const struct use_resource *self = frame;

    await(co_sleep(4));
    return self->resource->held;
}

/* Run by `finally` however the operation ends; a cleanup has no result. */
static void release_resource(struct resource *resource)
{
    if (resource->held && attempt(co_sleep(0.5)) >= 0)
        resource->held = false;
}

struct operation_with_cleanup {
};

static int operation_with_cleanup(void *)
{
    finally(release_resource) struct resource resource = { .held = false };

    await(co_call(acquire_resource, &resource));
    int r = attempt(co_call(use_resource, &resource));
    if (r == UV_ECANCELED)
        say("Operation was cancelled during use!");
    return r; /* after the cleanup: the caller knows how it ended */
}

static int main_task(void *)
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

static int program(void) { return co_run(main_task, NULL); }

const struct about timeouts_cleanup = {
    .title = "cancelled at 1 s, and still half a second to clean up",
    .idea = "finally runs however the block ends, and may itself wait: a cancelled "
            "task is done when its cleanup is done.",
    .look = "The first operation is cancelled at 1.000 and done at 1.500. The second "
            "is not cancelled and takes 5 s.",
    .replays = "E15",
    .program = program,
};
