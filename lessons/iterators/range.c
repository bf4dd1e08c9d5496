/* Like range(), but each number takes a while. */
#include "lessons/lesson.h"

struct range {
    int current, end;
};

static int anext(struct range *self)
{
    if (self->current >= self->end)
        return CO_ESTOP; /* StopAsyncIteration */
    await(co_sleep(0.1));
    return self->current++;
}

async_def(main_task)
{
    struct range range = { 0, 5 };

    async_for(number, anext(&range))
        say("%d", number);
    return 0;
}

const struct about iterators_range = {
    .title = "five numbers, 0.1 s each",
    .idea = "The iterator keeps its place between two values in its own fields.",
    .look = "'async for' is sequential: the second sleep begins when the first number "
            "was printed, and there is one task, main.",
    .replays = "D23 E20",
    main_is(main_task),
};
