/* Comprehensions: a list of squares at once, and a generator of squares. */
#include "lessons/lesson.h"

async_def(async_square, int x)
{
    await(co_sleep(0.1));
    return self->x * self->x;
}

async_def(async_range, int n)
{
    for (int i = 0; i < self->n; i++) {
        await(co_sleep(0.1));
        await(co_yield(i));
    }
    return 0;
}

async_def(square_each, co_generator *range)
{
    async_for(x, co_next(self->range))
        await(co_yield(await(co_call(async_square, x))));
    return 0;
}

async_def(main_task)
{
    int squares[5], count = 0;
    co_generator *range = co_generate(async_range, 5);
    async_for(x, co_next(range))
        squares[count++] = await(co_call(async_square, x));
    say("%s", str(list_of(squares, count)));

    co_generator *gen = co_generate(square_each, co_generate(async_range, 5));
    async_for(value, co_next(gen))
        say("%d", value);
    return 0;
}

const struct about generators_squares = {
    .title = "a list after 1 s; then square after square",
    .idea = "In brackets a comprehension waits for all values. In parentheses it is a "
            "generator, which computes a value when the loop asks for it.",
    .look = "Each square takes two sleeps, one for the number and one for the square. "
            "The list is printed at 1.000, the single values every 0.2 s after that.",
    .replays = "C21",
    main_is(main_task),
};
