/* Three downloads, and each result as soon as it is there. */
#include "lessons/lesson.h"

async_def(fetch_data, int id, int delay)
{
    await(co_sleep(self->delay));
    return text("Data %d (took %ds)", self->id, self->delay);
}

async_def(main_task)
{
    co_task *tasks[] = { co_spawn(fetch_data, 1, 3), co_spawn(fetch_data, 2, 1),
                         co_spawn(fetch_data, 3, 2) };

    for_as_completed(completed, tasks, 3)
        say("Completed: %s", str(await(completed)));
    return 0;
}

const struct about as_completed_order = {
    .title = "started as 1, 2, 3, printed as 2, 3, 1",
    .idea = "as_completed gives the results in the order in which the tasks are done, "
            "each at the moment when it is there.",
    .look = "Task-2 is created first and sleeps 3 s: its result comes last. main "
            "resumes three times, each time when a task is done.",
    .truth = "The tutorial's list holds coroutines, not tasks: as_completed makes the "
             "tasks. CPython 3.11 makes them in the arbitrary order of a set, so the "
             "numbers of the tasks may differ; here it is the order of the list.",
    .replays = "C16",
    main_is(main_task),
};
