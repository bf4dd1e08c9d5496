/* Generators that wait, as iterators and as context managers, to the end and not. */
#include "lessons/lesson.h"

struct count {
    int to;
};

static int count(void *frame)
{
    const struct count *self = frame;

    for (int i = 0; i < self->to; i++) {
        await(co_sleep(0.5));
        await(co_yield(i));
    }
    return 0;
}

struct opened {
};

static int opened(void *)
{
    await(co_sleep(0.25));
    int r = attempt(co_yield(5));
    await(co_sleep(0.25));
    say("closed %s", r < 0 ? "early" : "");
    return r;
}

struct work {
};

static int work(void *)
{
    await(co_sleep(1));
    return 0;
}

static co_generator *left;

static int main_task(void *)
{
    co_generator *numbers = co_generate(count, 3);
    for (int i; await(co_more(co_next(numbers), &i));)
        say("%d", i);

    co_generator_context_manager manager = co_asynccontextmanager(co_generate(opened));
    await(co_with(&manager.manager, co_call(work)));

    left = co_generator_keep(co_generate(opened));
    say("%d", await(co_next(left)));
    return 0;
}

static int program(void)
{
    int r = co_run(main_task, NULL);

    co_generator_drop(left);
    return r;
}

const struct about generators_iterate = {
    .title = "generators",
    .replays = "",
    .program = program,
};
