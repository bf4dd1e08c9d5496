/* An asynchronous generator: it waits, and yields, again and again. */
#include "lessons/lesson.h"

async_def(async_range, int start, int end)
{
    for (int i = self->start; i < self->end; i++) {
        await(co_sleep(0.5));
        await(co_yield(i));
    }
    return 0;
}

async_def(main_task)
{
    co_generator *range = co_generate(async_range, 1, 5);

    async_for(num, co_next(range))
        say("%d", num);
    return 0;
}

const struct about generators_range = {
    .title = "a function that gives a value every half second",
    .idea = "'yield' passes a value to the loop and stops the generator there; it "
            "goes on when the loop asks for the next value.",
    .look = "There is no task for the generator: it runs in main, and each of its "
            "sleeps is a wait of main.",
    .replays = "C20",
    main_is(main_task),
};
