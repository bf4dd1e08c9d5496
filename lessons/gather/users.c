/* Three users fetched at once, and the list of them. */
#include "lessons/lesson.h"

async_def(fetch_user, int user_id)
{
    await(co_sleep(1));
    return text("User %d", self->user_id);
}

async_def(main_task)
{
    int results = await(gather(co_spawn(fetch_user, 1), co_spawn(fetch_user, 2),
                               co_spawn(fetch_user, 3)));
    say("%s", str(results));
    return 0;
}

const struct about gather_users = {
    .title = "three users fetched at once, one list",
    .idea = "gather is the shortest way from several coroutines to the list of their "
            "results.",
    .look = "Each task starts only when main waits, and main resumes once, when the "
            "last of the three is done.",
    .truth = "The tutorial says that all tasks start immediately and that one failure "
             "cancels all. In fact they start when main waits, and gather cancels "
             "nothing: it raises the first error at once, while the other tasks run "
             "on. errors:siblings shows such an error.",
    .replays = "D17",
    main_is(main_task),
};
