/* From a list of ids to a list of users, with types. */
#include "lessons/lesson.h"

async_def(fetch_user, int uid)
{
    await(co_sleep(1));
    return object("{'id': %d}", self->uid);
}

/* In C the type of a value is int, whatever the value is. */
async_def(fetch_users, int user_ids)
{
    int count = len(self->user_ids);
    co_task *tasks[count];

    for (int i = 0; i < count; i++)
        tasks[i] = co_spawn(fetch_user, at(self->user_ids, i));
    return await(gatherv(tasks, (size_t)count));
}

async_def(main_task)
{
    driver("%s", str(await(co_call(fetch_users, list(1, 2, 3)))));
    return 0;
}

const struct about gather_typed = {
    .title = "a list of ids in, a list of users out",
    .idea = "The type hint of an async function names what await returns. The call "
            "alone returns a coroutine.",
    .look = "main awaits fetch_users, so it is main that spawns the tasks and waits "
            "for them; they are done at 1.000, with a user each.",
    .replays = "D41",
    main_is(main_task),
};
