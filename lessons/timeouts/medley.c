/* A timeout, ten tasks in the order in which they end, and three that wait for an
 * event: one program, one section after the other.
 */
#include "lessons/lesson.h"

async_def(long_operation)
{
    await(co_sleep(10));
    return text("Completed");
}

async_def(with_timeout)
{
    int r = attempt(co_wait_for(co_spawn(long_operation), 2));
    return r == UV_ETIMEDOUT ? text("Operation timed out") : r;
}

async_def(random_delay_task, int id)
{
    double delay = co_uniform(0.5, 3);
    await(co_sleep(delay));
    return text("Task %d completed in %.2fs", self->id, delay);
}

async_def(first_to_complete)
{
    co_task *tasks[10];
    for (int i = 0; i < 10; i++)
        tasks[i] = co_spawn(random_delay_task, i);

    for_as_completed(completed, tasks, 10)
        say("%s", str(await(completed)));
    return 0;
}

async_def(wait_for_event, co_event *event, int id)
{
    say("Task %d is waiting for the event", self->id);
    await(co_event_wait(self->event));
    say("Task %d was triggered by event", self->id);
    return None;
}

async_def(trigger_event, co_event *event)
{
    await(co_sleep(2));
    say("Triggering the event");
    co_event_set(self->event);
    return None;
}

async_def(event_example, co_event event)
{
    co_event_init(&self->event);
    self->event.name = "trigger";
    await(gather(co_spawn(trigger_event, &self->event),
                 co_spawn(wait_for_event, &self->event, 0),
                 co_spawn(wait_for_event, &self->event, 1),
                 co_spawn(wait_for_event, &self->event, 2)));
    return 0;
}

async_def(main_task)
{
    say("Timeout result: %s", str(await(co_call(with_timeout))));
    say("Running first-to-complete example:");
    await(co_call(first_to_complete));
    say("Running event example:");
    await(co_call(event_example));
    return 0;
}

const struct about timeouts_medley = {
    .title = "a timeout, results as they come, and an event",
    .idea = "Three ways to wait: up to a limit, for the next task that is done, and "
            "for a signal.",
    .look = "The ten tasks draw their delays in the order in which they start; their "
            "lines come in the order in which they are done. The event wakes all "
            "three waiters, in the order in which they began to wait.",
    .truth = "The section about the first result prints all ten. To leave the loop "
             "early, as a comment in it suggests, would not stop the other tasks: "
             "they run on until the program ends. And in CPython the ten start in the "
             "arbitrary order of a set; here they start in the order of creation.",
    .replays = "A15",
    .random = true,
    main_is(main_task),
};
