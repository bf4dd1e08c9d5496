/* A timeout by Promise.race, ten delays, and a promise used as an event. */
#include "lessons/javascript/javascript.h"

enum { TASKS = 10, WAITERS = 3 };

js_async(long_operation)
{
    js_await(js_sleep(10000));
    return js_text("Completed");
}

js_function(time_out, js_promise *promise)
{
    js_reject(self->promise, js_error("Timeout"));
    return js_undefined;
}

js_async(with_timeout)
{
    js_promise *timeout = js_promise_new();
    js_set_timeout(time_out, 2000, timeout);
    js_value result = js_try(js_race(js_call(long_operation), timeout));
    return result.thrown ? js_text("Operation timed out") : result;
}

js_async(random_delay_task, int id)
{
    double delay = js_random() * 2500 + 500;
    js_await(js_sleep(delay));
    return js_text("Task %d completed in %ss", self->id, js_to_fixed(delay / 1000, 2));
}

js_function(error_itself) { return value; }

js_async(first_to_complete)
{
    js_promise *tasks[TASKS];
    for (int i = 0; i < TASKS; i++)
        tasks[i] = js_call(random_delay_task, i);
    for (int i = 0; i < TASKS; i++)
        tasks[i] = js_catch(tasks[i], error_itself);
    js_value results = js_await(js_all_of(tasks, TASKS));
    js_for_of(result, results)
        say("%s", js_string(result));
    return js_undefined;
}

js_async(wait_for_event, js_promise *event, int id)
{
    say("Task %d is waiting for the event", self->id);
    js_await(self->event);
    say("Task %d was triggered by event", self->id);
    return js_undefined;
}

js_async(trigger_event, js_promise *event)
{
    js_await(js_sleep(2000));
    say("Triggering the event");
    js_resolve(self->event, js_undefined);
    return js_undefined;
}

js_async(event_example)
{
    js_promise *event = js_promise_new_named("event"), *tasks[WAITERS + 1];
    for (int i = 0; i < WAITERS; i++)
        tasks[i] = js_call(wait_for_event, event, i);
    tasks[WAITERS] = js_call(trigger_event, event);
    js_await(js_all_of(tasks, WAITERS + 1));
    return js_undefined;
}

js_async(main_task)
{
    js_value result = js_await(js_call(with_timeout));
    say("Timeout result: %s", js_string(result));
    say("Running first-to-complete example:");
    js_await(js_call(first_to_complete));
    say("Running event example:");
    js_await(js_call(event_example));
    return js_undefined;
}

static int program(void) { return js_run(main_task); }

const struct about javascript_medley = {
    .title = "race cancels nothing, and Promise.all keeps the order",
    .idea = "A promise cannot be cancelled. Promise.race only stops waiting: the loser "
            "runs on, and its timer keeps the program alive.",
    .look = "main is done long before the end: the program ends at 10.000, when "
            "long_operation is done, although nothing waits for it. In Python wait_for "
            "cancels it at 2.000.",
    .truth =
        "The section that is to process tasks as they complete prints all ten lines "
        "at the same time, when the slowest is done, in the order of their numbers: "
        "Promise.all has one result. javascript:completion does what is meant. "
        "setTimeout drops the fraction of a millisecond, so that times differ from "
        "those of the Python program by up to one.",
    .replays = "A16",
    .random = true,
    .program = program,
};
