/* await in a loop, over coroutines and over tasks. */
#include "lessons/lesson.h"

async_def(fetch, int page)
{
    say("page %d: begins", self->page);
    await(co_sleep(1));
    return text("page %d: ends", self->page);
}

async_def(main_task)
{
    for (int page = 1; page <= 3; page++)
        say("%s", str(await(co_call(fetch, page))));

    co_task *tasks[3];
    for (int i = 0; i < 3; i++)
        tasks[i] = co_spawn(fetch, i + 1);
    for (int i = 0; i < 3; i++)
        say("%s", str(await(co_join(tasks[i]))));
    return 0;
}

const struct about pitfalls_loop = {
    .title = "the same loop of awaits: 3 s over coroutines, 1 s over tasks",
    .idea = "await never starts anything beside this coroutine. create_task does; "
            "whether the waits overlap is decided there.",
    .look = "Page 2 begins at 1.000, when page 1 has ended. From 3.000 on three tasks "
            "begin at once; the first await takes 1 s, the other two no time.",
    .belief = "await in a loop lets the requests overlap.",
    main_is(main_task),
};
