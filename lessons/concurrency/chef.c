/* One chef and three dishes: while the stove works, the chef does something else. */
#include "lessons/lesson.h"

async_def(pasta)
{
    say("Pasta: boils");
    await(co_sleep(3));
    say("Pasta: ready");
    return 0;
}

async_def(sauce)
{
    say("Sauce: simmers");
    await(co_sleep(1));
    say("Sauce: stirred");
    await(co_sleep(1));
    say("Sauce: ready");
    return 0;
}

async_def(vegetables)
{
    say("Vegetables: first half");
    time_sleep(0.5); /* the chef chops: work, not waiting */
    await(co_sleep(1));
    say("Vegetables: second half");
    time_sleep(0.5);
    say("Vegetables: ready");
    return 0;
}

async_def(chef)
{
    co_task *on_stove = co_spawn(pasta);
    await(gather(on_stove, co_spawn(sauce), co_spawn(vegetables)));
    say("All dishes are ready");
    return 0;
}

const struct about concurrency_chef = {
    .title = "one chef, three dishes: 3 s",
    .idea = "Concurrency is one thread with several tasks in progress. It turns to "
            "another task when this one waits.",
    .look = "Pasta and sauce only wait, so they overlap with everything. The chef is "
            "'busy' twice, and nothing else happens in these halves of a second. All "
            "is ready with the pasta, at 3.000.",
    .replays = "D03 D03x",
    main_is(chef),
};
