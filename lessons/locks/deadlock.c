/* Two tasks take two locks, each in another order. */
#include "lessons/lesson.h"

async_def(transfer, const char *name, co_lock *first, co_lock *second)
{
    with_lock(self->first) {
        say("%s has one lock", self->name);
        await(co_sleep(0.1));
        with_lock(self->second)
            say("%s has both", self->name);
    }
    return 0;
}

async_def(main_task)
{
    co_lock *red = new_lock("red"), *blue = new_lock("blue");
    await(gather(co_spawn(transfer, "Ann", red, blue),
                 co_spawn(transfer, "Bob", blue, red)));
    return 0;
}

const struct about locks_deadlock = {
    .title = "each task holds the lock that the other one waits for",
    .idea = "Tasks that take several locks must all take them in the same order. One "
            "thread is no help: tasks can wait for each other as threads do.",
    .look = "From 0.100 on Task-2 waits for blue, held by Task-3, and Task-3 for red, "
            "held by Task-2. The 'deadlock' line says so. asyncio would hang here.",
    .belief = "With one thread there can be no deadlock.",
    .may_deadlock = true,
    main_is(main_task),
};
