/* Results in the order of the arguments, whichever task is done first. */
#include "lessons/lesson.h"

#include <stdio.h>

struct fetch_data {
    int id;
    double delay;

    char data[16];
};

static int fetch_data(void *frame)
{
    struct fetch_data *self = frame;

    say("Fetching data %d", self->id);
    await(co_sleep(self->delay));
    snprintf(self->data, sizeof(self->data), "Data %d", self->id);
    return 0;
}

static int main_task(void *)
{
    double start = co_now();

    co_task *one = co_spawn(fetch_data, 1, 2);
    co_task *two = co_spawn(fetch_data, 2, 1);
    co_task *three = co_spawn(fetch_data, 3, 3);
    await(co_gather(one, two, three));
    struct text results =
        list_of(co_frame(fetch_data, one)->data, co_frame(fetch_data, two)->data,
                co_frame(fetch_data, three)->data);
    say("Results: %s", results.s);
    say("Time taken: %.2fs", co_now() - start);
    return 0;
}

static int program(void) { return co_run(main_task, NULL); }

const struct about gather_order = {
    .title = "the second task is done first, its result stays second",
    .idea = "gather returns results in the order of its arguments, not in the order "
            "in which the tasks are done.",
    .look = "The tasks are done at 1.000, 2.000 and 3.000, the second one first; the "
            "list begins with Data 1.",
    .replays = "C14",
    .program = program,
};
