/* Ten requests, three at a time. */
#include "lessons/lesson.h"

#include <stdio.h>

enum { URLS = 10 };

struct fetch_data {
    co_semaphore *sem;
    const char *url;

    char data[32]; /* what it fetched */
};

static int fetch_data(void *frame)
{
    struct fetch_data *self = frame;

    with_semaphore(self->sem) {
        say("Fetching %s", self->url);
        await(co_sleep(1));
        snprintf(self->data, sizeof(self->data), "Data from %s", self->url);
    }
    return 0;
}

static int main_task(void *)
{
    char urls[URLS][16];
    co_task *tasks[URLS];
    co_semaphore sem;
    co_semaphore_init(&sem, 3);
    sem.name = "requests";

    for (int i = 0; i < URLS; i++) {
        snprintf(urls[i], sizeof(urls[i]), "url%d", i);
        tasks[i] = co_spawn(fetch_data, .sem = &sem, .url = urls[i]);
    }
    await(co_gatherv(tasks, URLS));
    say("Fetched %d URLs", URLS);
    return 0;
}

static int program(void) { return co_run(main_task, NULL); }

const struct about locks_semaphore = {
    .title = "ten requests, three at a time: 4 s",
    .idea = "A semaphore of value 3 lets three of the ten tasks in; each of the "
            "others waits until one leaves.",
    .look = "Three requests begin at 0 s, three at 1 s, three at 2 s and the last at "
            "3 s, in the order in which the tasks were created.",
    .truth = "The tutorial calls this rate limiting, but a semaphore limits how many "
             "requests run at once, not how many begin per second. Here it is three "
             "per second only because each request takes one second.",
    .replays = "D29",
    .program = program,
};
