/* A lock around a call, and an event that one task waits for and another sets. */
#include "lessons/lesson.h"

/* What the tasks share; some_method() counts its calls. */
struct resource {
    int calls;
};

static int some_method(struct resource *resource) { return ++resource->calls; }

struct protected_access {
    co_lock *lock;
    struct resource *resource;
};

static int protected_access(void *frame)
{
    const struct protected_access *self = frame;
    int result = 0;

    with_lock(self->lock) {
        /* One coroutine at a time is in here. */
        result = some_method(self->resource);
    }
    return result;
}

static int lock_task(void *)
{
    struct resource resource = {};
    co_lock lock;
    co_lock_init(&lock);
    lock.name = "resource";

    return await(co_call(protected_access, .lock = &lock, .resource = &resource));
}

struct waiter {
    co_event *event;
};

static int waiter(void *frame)
{
    const struct waiter *self = frame;

    say("Waiting for the event...");
    await(co_event_wait(self->event));
    say("Event has been set!");
    return 0;
}

/* The tasks share this and may outlive main, so it is no local variable of main. */
struct main_task {
    co_event event;
};

static int main_task(void *frame)
{
    co_event *event = &((struct main_task *)frame)->event;
    co_event_init(event);
    event->name = "go";

    co_task *waiting = co_spawn(waiter, .event = event);
    await(co_sleep(1));
    co_event_set(event);
    await(co_join(waiting));
    return 0;
}

static int program(void)
{
    struct main_task shared = {};
    int r = co_run(lock_task, NULL);

    return r < 0 ? r : co_run_with(main_task, &shared, NULL);
}

const struct about locks_event = {
    .title = "a lock that is always free, and an event set after 1 s",
    .idea = "A lock keeps other tasks out while one is in its block. An event is a "
            "signal: every task that waits for it resumes once it is set.",
    .look = "The first main takes a free lock and does not wait at all ('--level "
            "loop' shows acquire and release); its result is shown as 'done = 1'. In "
            "the second main the event is set at 1 s, but the waiter runs only when "
            "main itself waits.",
    .replays = "E18",
    .program = program,
};
