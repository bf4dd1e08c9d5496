/* Workers, waited for in three ways: gathered tasks, gather alone, as completed. */
#include "lessons/lesson.h"

async_def(worker, const char *name, double work_time)
{
    say("Worker %s starting", self->name);
    await(co_sleep(self->work_time));
    say("Worker %s completed", self->name);
    return text("Result from %s", self->name);
}

async_def(main_task)
{
    say("=== Using create_task() ===");
    co_task *five[5];
    for (int i = 0; i < 5; i++)
        five[i] = co_spawn(worker, format("Worker-%d", i), co_uniform(1, 3));
    int results = await(gatherv(five, 5));
    say("All workers completed: %s", str(results));

    say("\n=== Using gather() directly ===");
    results = await(gather(co_spawn(worker, "Alpha", 1), co_spawn(worker, "Beta", 2),
                           co_spawn(worker, "Gamma", 1.5)));
    say("Results: %s", str(results));

    say("\n=== Using as_completed() ===");
    co_task *four[4];
    for (int i = 0; i < 4; i++)
        four[i] = co_spawn(worker, format("Task-%d", i), co_uniform(0.5, 2));

    for_as_completed(completed, four, 4)
        say("Completed: %s", str(await(completed)));
    return 0;
}

const struct about tasks_workers = {
    .title = "workers of random speed, waited for in three ways",
    .idea = "gather returns when all are done, with the results in the order of its "
            "arguments; as_completed gives each result as soon as it is there.",
    .look = "In the last part each 'Completed' line follows its worker's own line at "
            "the same moment; in the first part the list comes after all of them. The "
            "last four workers are named Task-0 to Task-3, but in the trace they are "
            "Task-10 to Task-13.",
    .truth = "The lines begin with 'Worker Worker-0', because the tutorial's names "
             "repeat a word of its message. They are replayed as they are.",
    .replays = "B03",
    .random = true,
    main_is(main_task),
};
