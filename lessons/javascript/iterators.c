/* for await over an async generator, and over an object with a method next(). */
#include "lessons/javascript/javascript.h"

js_async_generator(async_range, int start, int stop)
{
    for (int i = self->start; i < self->stop; i++) {
        js_await(js_sleep(500));
        js_yield(js_number(i));
    }
    return js_undefined;
}

struct counter {
    int current, stop;
};

js_async(next_count, struct counter *counter)
{
    if (self->counter->current == self->counter->stop)
        return js_done;
    js_await(js_sleep(500));
    return js_yielded(js_number(self->counter->current++));
}

js_async(main_task)
{
    say("Using async generator:");
    js_for_await(i, js_call(async_range, 1, 4))
        say("%s", js_string(i));

    say("Using async iterator:");
    struct counter counter = { .stop = 3 };
    js_for_await(i, js_async_iterator(next_count, &counter))
        say("%s", js_string(i));

    js_value values = js_array_new(0);
    js_for_await(i, js_call(async_range, 5, 8))
        js_push(&values, i);
    say("Collected values: %s", js_string(values));
    return js_undefined;
}

static int program(void) { return js_run(main_task); }

const struct about javascript_iterators = {
    .title = "each step of for await is a call of next()",
    .idea = "for await calls next() and awaits the promise that it returns. To a "
            "generator and to a class with such a method it does the same.",
    .look = "Each call of next() is a task of its own: async, async-2 and so on. The "
            "last one of each loop ends the loop, and takes no time.",
    .replays = "A12",
    .program = program,
};
