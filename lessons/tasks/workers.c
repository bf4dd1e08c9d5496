/* Workers, waited for in three ways: gathered tasks, gather alone, as completed. */
#include "lessons/lesson.h"

#include <stdio.h>

struct worker {
    const char *name;
    double work_time;

    char result[32];
};

static int worker(void *frame)
{
    struct worker *self = frame;

    say("Worker %s starting", self->name);
    await(co_sleep(self->work_time));
    say("Worker %s completed", self->name);
    snprintf(self->result, sizeof(self->result), "Result from %s", self->name);
    return 0;
}

/* The list of what these workers returned, in the order given. */
static struct text results_of(co_task *const workers[], size_t count)
{
    const char *results[count];

    for (size_t i = 0; i < count; i++)
        results[i] = co_frame(worker, workers[i])->result;
    return list_of_texts(results, count);
}

static int main_task(void *)
{
    say("=== Using create_task() ===");
    static const char *const first[] = { "Worker-0", "Worker-1", "Worker-2", "Worker-3",
                                         "Worker-4" };
    co_task *five[5];
    for (int i = 0; i < 5; i++)
        five[i] = co_spawn(worker, first[i], co_uniform(1, 3));
    await(co_gatherv(five, 5));
    say("All workers completed: %s", results_of(five, 5).s);

    say("\n=== Using gather() directly ===");
    co_task *three[] = {
        co_spawn(worker, "Alpha", 1),
        co_spawn(worker, "Beta", 2),
        co_spawn(worker, "Gamma", 1.5),
    };
    await(co_gatherv(three, 3));
    say("Results: %s", results_of(three, 3).s);

    say("\n=== Using as_completed() ===");
    static const char *const last[] = { "Task-0", "Task-1", "Task-2", "Task-3" };
    co_task *four[4];
    for (int i = 0; i < 4; i++)
        four[i] = co_spawn(worker, last[i], co_uniform(0.5, 2));

    finally(co_as_completed_finish) co_as_completed completed;
    co_as_completed_init(&completed, four, 4, CO_FOREVER);
    for (int i = 0; i < 4; i++) {
        co_task *task;

        await(co_as_completed_next(&completed, &task));
        say("Completed: %s", co_frame(worker, task)->result);
    }
    return 0;
}

static int program(void) { return co_run(main_task, NULL); }

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
    .program = program,
};
