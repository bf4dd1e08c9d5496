/* Ten tasks count to one: sleep(0) is a wait, too. */
#include "lessons/lesson.h"

async_def(add_one, int *counter)
{
    int before = *self->counter;
    await(co_sleep(0));
    *self->counter = before + 1;
    return 0;
}

async_def(main_task, int counter)
{
    co_task *tasks[10];
    for (int i = 0; i < 10; i++)
        tasks[i] = co_spawn(add_one, &self->counter);
    await(gatherv(tasks, 10));
    say("counted to %d", self->counter);
    return 0;
}

const struct about locks_yield = {
    .title = "ten additions of one make one",
    .idea = "How long a wait takes does not matter: sleep(0) gives each ready task a "
            "turn, and that is enough to lose an update.",
    .look = "All ten tasks start before the first one resumes, so all ten have read "
            "0; everything happens at 0.000.",
    .belief = "A wait that takes no time is harmless.",
    main_is(main_task),
};
