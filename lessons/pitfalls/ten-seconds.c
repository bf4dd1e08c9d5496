/* A task of one second, beside ten seconds that block and ten seconds of waiting. */
#include "lessons/lesson.h"

async_def(other)
{
    await(co_sleep(1));
    driver("the other task is done");
    return 0;
}

async_def(bad)
{
    time_sleep(10);
    return 0;
}

async_def(good)
{
    await(co_sleep(10));
    return 0;
}

async_def(main_task)
{
    driver("bad");
    await(gather(co_spawn(other), co_spawn(bad)));
    driver("good");
    await(gather(co_spawn(other), co_spawn(good)));
    return 0;
}

const struct about pitfalls_ten_seconds = {
    .title = "a task of 1 s that takes 10 s, beside a blocking call",
    .idea = "A task can resume only when no other task holds the thread.",
    .look = "The other task sleeps until 1.000, but resumes at 10.000. Beside the good "
            "coroutine it needs 1 s, until 11.000.",
    .replays = "D38",
    main_is(main_task),
};
