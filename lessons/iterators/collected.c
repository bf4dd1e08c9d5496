/* A generator, an iterator class, and a list of all values of a generator. */
#include "lessons/lesson.h"

async_def(async_range, int start, int stop)
{
    for (int i = self->start; i < self->stop; i++) {
        await(co_sleep(0.5));
        await(co_yield(i));
    }
    return 0;
}

struct counter {
    int current, stop;
};

static int anext(struct counter *self)
{
    if (self->current >= self->stop)
        return CO_ESTOP; /* StopAsyncIteration */
    await(co_sleep(0.5));
    return self->current++;
}

async_def(main_task)
{
    say("Using async generator:");
    co_generator *range = co_generate(async_range, 1, 4);
    async_for(i, co_next(range))
        say("%d", i);

    say("Using async iterator:");
    struct counter counter = { 0, 3 };
    async_for(i, anext(&counter))
        say("%d", i);

    int values[3], count = 0;
    range = co_generate(async_range, 5, 8);
    async_for(i, co_next(range))
        values[count++] = i;
    say("Collected values: %s", str(list_of(values, count)));
    return 0;
}

const struct about iterators_collected = {
    .title = "three loops: two that print, one that makes a list",
    .idea = "[i async for i in ...] is a loop like the others: it makes the list when "
            "all values are there.",
    .look = "Each loop takes 1.5 s. The third prints nothing from 3.000 to 4.500, when "
            "its list is complete.",
    .truth = "The tutorial marks the list comprehension 'Python 3.8+'. It works since "
             "3.6.",
    .replays = "A11",
    main_is(main_task),
};
