/* One coroutine, awaited twice: called, and as a task. */
#include "lessons/lesson.h"

async_def(my_coroutine)
{
    await(co_sleep(1));
    return text("Result");
}

async_def(main_task)
{
    /* Called: it runs in main's own task. */
    say("%s", str(await(co_call(my_coroutine))));

    /* As a task: it runs beside main, which could do something else meanwhile. */
    co_task *task = co_spawn(my_coroutine);
    say("%s", str(await(co_join(task))));
    return 0;
}

const struct about tasks_twice = {
    .title = "the same coroutine, first called, then spawned",
    .idea = "Awaiting a coroutine is a call in the same task; awaiting a task is "
            "waiting for another task.",
    .look = "The first second is main's own sleep; in the next one a new task sleeps, "
            "and main waits for it.",
    .truth = "The tutorial says that nothing but coroutines, tasks and futures can be "
             "awaited. In Python any object with an __await__ method can.",
    .replays = "C05",
    main_is(main_task),
};
