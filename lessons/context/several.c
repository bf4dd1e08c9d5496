/* One resource; then two in one block, left in the reverse order. */
#include "lessons/lesson.h"

struct resource {
    co_context_manager manager;
    const char *name;
};

static int aenter(co_context_manager *manager)
{
    struct resource *self = co_container_of(manager, struct resource, manager);
    say("Acquiring resource: %s", self->name);
    await(co_sleep(0.1));
    return 0;
}

static int aexit(co_context_manager *manager, int r)
{
    struct resource *self = co_container_of(manager, struct resource, manager);
    say("Releasing resource: %s", self->name);
    await(co_sleep(0.1));
    return r;
}

async_def(do_work, struct resource *resource)
{
    say("Working with resource: %s", self->resource->name);
    await(co_sleep(1));
    return text("Work completed with %s", self->resource->name);
}

async_def(main_task)
{
    say("=== Async Context Manager Demo ===");
    struct resource resource = { { aenter, aexit }, "Database" };
    with_manager(&resource.manager) {
        int result = await(co_call(do_work, &resource));
        say("%s", str(result));
    }

    struct resource cache = { { aenter, aexit }, "Cache" };
    struct resource logger = { { aenter, aexit }, "Logger" };
    with_manager(&cache.manager)
        with_manager(&logger.manager) {
            await(co_call(do_work, &cache));
            await(co_call(do_work, &logger));
        }
    return 0;
}

const struct about context_several = {
    .title = "two managers of one block: the last one in is the first one out",
    .idea = "Several managers are entered in the order in which they are written, and "
            "left in the reverse order, one after the other.",
    .look = "Cache is acquired before Logger and released after it. The two pieces of "
            "work take 2 s, because main awaits one and then the other.",
    .truth = "The tutorial says that only its file demo, which it does not run, needs "
             "aiofiles. But the import stands at the top, so without aiofiles the "
             "whole program ends with ModuleNotFoundError.",
    .replays = "B05",
    main_is(main_task),
};
