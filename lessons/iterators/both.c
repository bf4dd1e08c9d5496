/* The same loop over an iterator class and over a generator. */
#include "lessons/lesson.h"

struct range {
    int start, stop;
};

static int anext(struct range *self)
{
    if (self->start >= self->stop)
        return CO_ESTOP; /* StopAsyncIteration */
    int current = self->start++;
    await(co_sleep(0.1));
    return current;
}

async_def(generator, int n)
{
    for (int i = 0; i < self->n; i++) {
        await(co_sleep(0.1));
        await(co_yield(text("Item %d", i)));
    }
    return 0;
}

async_def(main_task)
{
    say("=== Async Iterator Demo ===");
    struct range range = { 1, 6 };
    async_for(number, anext(&range))
        say("Got number: %d", number);

    say("\n=== Async Generator Demo ===");
    co_generator *items = co_generate(generator, 5);
    async_for(item, co_next(items))
        say("Generated: %s", str(item));
    return 0;
}

const struct about iterators_both = {
    .title = "a class that counts, and a generator that does the same",
    .idea = "A generator is the shorter way to write an asynchronous iterator: its "
            "local variables keep its place.",
    .look = "Both loops take 0.5 s, and main waits in the same way in both: nothing "
            "in the trace tells a class from a generator.",
    .replays = "B06",
    main_is(main_task),
};
