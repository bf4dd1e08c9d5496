/* Three users fetched at once, and the list of them. */
#include "lessons/lesson.h"

#include <stdio.h>

struct fetch_user {
    int user_id;

    char user[16];
};

static int fetch_user(void *frame)
{
    struct fetch_user *self = frame;

    await(co_sleep(1));
    snprintf(self->user, sizeof(self->user), "User %d", self->user_id);
    return 0;
}

static int main_task(void *)
{
    co_task *one = co_spawn(fetch_user, 1);
    co_task *two = co_spawn(fetch_user, 2);
    co_task *three = co_spawn(fetch_user, 3);
    await(co_gather(one, two, three));
    struct text results =
        list_of(co_frame(fetch_user, one)->user, co_frame(fetch_user, two)->user,
                co_frame(fetch_user, three)->user);
    say("%s", results.s);
    return 0;
}

static int program(void) { return co_run(main_task, NULL); }

const struct about gather_users = {
    .title = "three users fetched at once, one list",
    .idea = "gather is the shortest way from several coroutines to the list of their "
            "results.",
    .look = "Each task starts only when main waits, and main resumes once, when the "
            "last of the three is done.",
    .truth = "The tutorial says that all tasks start immediately and that one failure "
             "cancels all. In fact they start when main waits, and gather cancels "
             "nothing: it raises the first error at once, while the other tasks run "
             "on.",
    .replays = "D17",
    .program = program,
};
