/* Each result or error as it comes: one failure does not end the loop. */
#include "lessons/lesson.h"

async_def(risky_operation, int id)
{
    await(co_sleep(0.5 - 0.1 * self->id));
    if (self->id % 2)
        return co_raise(CO_EVALUE, "operation %d failed", self->id);
    return self->id;
}

async_def(robust_function)
{
    co_task *tasks[5];
    for (int i = 0; i < 5; i++)
        tasks[i] = co_spawn(risky_operation, i);

    int results[5], count = 0;
    for_as_completed(completed, tasks, 5) {
        int result = attempt(completed);
        if (result < 0) {
            say("Task failed: %s", co_why());
            result = None;
        }
        results[count++] = result;
    }
    return list_of(results, count);
}

async_def(main_task)
{
    driver("results: %s", str(await(co_call(robust_function))));
    return 0;
}

const struct about as_completed_failures = {
    .title = "five tasks, two of them fail, and the loop goes on",
    .idea = "An error comes where its result would come: a try inside the loop handles "
            "it, and the next result follows.",
    .look = "Task-5 and Task-3 fail at 0.200 and 0.400; main prints that at once and "
            "waits for the next task.",
    .truth =
        "The list of results is in the order of completion, [4, None, 2, None, 0]: "
        "which task a result or a None belongs to is lost.",
    .replays = "B13",
    main_is(main_task),
};
