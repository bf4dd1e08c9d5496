/* Three awaits that do not wait, while another task would like to run. */
#include "lessons/lesson.h"

async_def(busy, co_lock *lock)
{
    for (int i = 0; i < 3; i++)
        with_lock(self->lock)
            say("busy %d", i);
    return 0;
}

async_def(other)
{
    say("the other task");
    return 0;
}

async_def(main_task)
{
    co_lock *lock = new_lock("free");
    await(gather(co_spawn(busy, lock), co_spawn(other)));
    return 0;
}

const struct about locks_uncontended = {
    .title = "a free lock is acquired without a wait",
    .idea = "An await lets others run only if it has to wait. Acquiring a free lock, "
            "or putting into a queue with room, does not.",
    .look = "Task-2 awaits the lock three times, but has no 'wait' line. Task-3 is "
            "ready all the time and starts when Task-2 is done.",
    .belief = "Every await gives other tasks a turn.",
    main_is(main_task),
};
