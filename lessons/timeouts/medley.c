/* A timeout, ten tasks in the order in which they end, and three that wait for an
 * event: one program, one section after the other.
 */
#include "lessons/lesson.h"

#include <stdio.h>

enum { TASKS = 10, WAITERS = 3 };

struct long_operation {
    const char *result;
};

static int long_operation(void *frame)
{
    struct long_operation *self = frame;

    await(co_sleep(10));
    self->result = "Completed";
    return 0;
}

struct with_timeout {
    const char *result;
};

static int with_timeout(void *frame)
{
    struct with_timeout *self = frame;
    co_task *operation = co_spawn(long_operation);
    int r = attempt(co_wait_for(operation, 2));

    if (r == UV_ETIMEDOUT) {
        self->result = "Operation timed out";
        return 0;
    }
    await(r);
    self->result = co_frame(long_operation, operation)->result;
    return 0;
}

struct random_delay_task {
    int id;

    char result[48];
};

static int random_delay_task(void *frame)
{
    struct random_delay_task *self = frame;
    double delay = co_uniform(0.5, 3);

    await(co_sleep(delay));
    snprintf(self->result, sizeof(self->result), "Task %d completed in %.2fs", self->id,
             delay);
    return 0;
}

struct first_to_complete {
};

static int first_to_complete(void *)
{
    co_task *tasks[TASKS];
    for (int i = 0; i < TASKS; i++)
        tasks[i] = co_spawn(random_delay_task, .id = i);

    finally(co_as_completed_finish) co_as_completed completed;
    co_as_completed_init(&completed, tasks, TASKS, CO_FOREVER);
    for (int i = 0; i < TASKS; i++) {
        co_task *task;
        await(co_as_completed_next(&completed, &task));
        say("%s", co_frame(random_delay_task, task)->result);
    }
    return 0;
}

struct wait_for_event {
    co_event *event;
    int id;
};

static int wait_for_event(void *frame)
{
    const struct wait_for_event *self = frame;

    say("Task %d is waiting for the event", self->id);
    await(co_event_wait(self->event));
    say("Task %d was triggered by event", self->id);
    return 0;
}

struct trigger_event {
    co_event *event;
};

static int trigger_event(void *frame)
{
    const struct trigger_event *self = frame;

    await(co_sleep(2));
    say("Triggering the event");
    co_event_set(self->event);
    return 0;
}

struct event_example {
};

static int event_example(void *)
{
    co_event event;
    co_event_init(&event);
    event.name = "trigger";

    co_task *tasks[1 + WAITERS];
    tasks[0] = co_spawn(trigger_event, .event = &event);
    for (int i = 0; i < WAITERS; i++)
        tasks[1 + i] = co_spawn(wait_for_event, .event = &event, .id = i);
    await(co_gatherv(tasks, 1 + WAITERS));
    return 0;
}

static int main_task(void *)
{
    struct with_timeout limited = {};
    await(with_timeout(&limited));
    say("Timeout result: %s", limited.result);

    say("Running first-to-complete example:");
    await(co_call(first_to_complete));

    say("Running event example:");
    await(co_call(event_example));
    return 0;
}

static int program(void) { return co_run(main_task, NULL); }

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
    .program = program,
};
