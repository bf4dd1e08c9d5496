/* An asynchronous iterator: a class with a method that waits for the next value. */
#include "lessons/lesson.h"

struct counter {
    int current, end;
};

static int anext(struct counter *self)
{
    if (self->current >= self->end)
        return CO_ESTOP; /* StopAsyncIteration */
    await(co_sleep(0.5));
    return self->current++;
}

async_def(main_task)
{
    struct counter counter = { 1, 5 };

    async_for(num, anext(&counter))
        say("%d", num);
    return 0;
}

const struct about iterators_counter = {
    .title = "each value takes half a second",
    .idea = "'async for' awaits __anext__ for each value. StopAsyncIteration ends the "
            "loop, and no error is left.",
    .look = "main sleeps four times for four values. The fifth call finds the end "
            "without a sleep, so the last value and the end are both at 2.000.",
    .replays = "C19",
    main_is(main_task),
};
