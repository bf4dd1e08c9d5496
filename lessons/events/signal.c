/* A lock around a call, and an event that one task waits for and another sets. */
#include "lessons/lesson.h"

struct resource {
    int calls;
};

static int some_method(struct resource *self) { return ++self->calls; }

async_def(protected_access, co_lock *lock, struct resource resource)
{
    int result = 0;

    with_lock(self->lock) /* one coroutine at a time is in here */
        result = some_method(&self->resource);
    return result;
}

async_def(waiter, co_event *event)
{
    say("Waiting for the event...");
    await(co_event_wait(self->event));
    say("Event has been set!");
    return 0;
}

async_def(main_task)
{
    co_event *event = new_event("go");
    co_task *waiting = co_spawn(waiter, event);
    await(co_sleep(1));
    co_event_set(event);
    return await(co_join(waiting));
}

static int program(void)
{
    int r = co_run_with(protected_access,
                        &(struct protected_access){ new_lock("resource") }, NULL);
    return r < 0 ? r : co_run(main_task, NULL);
}

const struct about events_signal = {
    .title = "a lock that is always free, and an event set after 1 s",
    .idea = "A lock keeps other tasks out while one is in its block. An event is a "
            "signal: every task that waits for it resumes once it is set.",
    .look = "The program runs main twice. The first main takes a free lock and does "
            "not wait: its result is the 1 behind its 'done'. In the second the event "
            "is set at 1.000, but the waiter runs only when main itself waits.",
    .replays = "E18",
    .program = program,
};
