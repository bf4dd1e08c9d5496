/* Ten requests, three at a time. */
#include "lessons/lesson.h"

async_def(fetch_data, co_semaphore *sem, const char *url)
{
    with_semaphore(self->sem) {
        say("Fetching %s", self->url);
        await(co_sleep(1));
    }
    return text("Data from %s", self->url);
}

async_def(main_task)
{
    co_semaphore *sem = new_semaphore("requests", 3);
    co_task *tasks[10];
    for (int i = 0; i < 10; i++)
        tasks[i] = co_spawn(fetch_data, sem, format("url%d", i));
    int results = await(gatherv(tasks, 10));
    say("Fetched %d URLs", len(results));
    return 0;
}

const struct about semaphores_requests = {
    .title = "ten requests, three at a time: 4 s",
    .idea = "A semaphore of value 3 lets three of the ten tasks in; each of the "
            "others waits until one leaves.",
    .look = "Three requests begin at 0 s, three at 1 s, three at 2 s and the last at "
            "3 s, in the order in which the tasks were created.",
    .truth = "The tutorial calls this rate limiting, but a semaphore limits how many "
             "requests run at once, not how many begin per second. Here it is three "
             "per second only because each request takes one second.",
    .replays = "D29",
    main_is(main_task),
};
