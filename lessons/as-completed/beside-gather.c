/* The same three jobs, gathered and then taken as they are done. */
#include "lessons/lesson.h"

async_def(job, const char *name, double seconds)
{
    await(co_sleep(self->seconds));
    return text("%s", self->name);
}

async_def(main_task)
{
    int results = await(
        gather(co_spawn(job, "A", 3), co_spawn(job, "B", 2), co_spawn(job, "C", 1)));
    say("gather: %s", str(results));

    co_task *tasks[] = { co_spawn(job, "A", 3), co_spawn(job, "B", 2),
                         co_spawn(job, "C", 1) };
    for_as_completed(completed, tasks, 3)
        say("as_completed: %s", str(await(completed)));
    return 0;
}

const struct about as_completed_beside_gather = {
    .title = "C, B and A are done; gather says A, B, C",
    .idea = "gather keeps the order of its arguments; as_completed gives the order of "
            "completion.",
    .look = "The first three tasks are done in the order C, B, A, and main resumes "
            "once, with the list A, B, C. For the next three main resumes three "
            "times, with C, B and A.",
    .belief = "The results of gather come in the order in which the tasks are done.",
    main_is(main_task),
};
