/* A consumer that nobody tells that the work is done. */
#include "lessons/lesson.h"

async_def(producer, co_queue *queue)
{
    for (int item = 0; item < 3; item++)
        await(put(self->queue, item));
    say("all items are in the queue");
    return 0;
}

async_def(consumer, co_queue *queue)
{
    for (;;)
        say("consumed %d", await(get(self->queue)));
}

async_def(main_task)
{
    co_queue *queue = new_queue("items", 0);
    await(gather(co_spawn(producer, queue), co_spawn(consumer, queue)));
    return 0;
}

const struct about queues_no_end = {
    .title = "the producer is done, and the consumer waits for ever",
    .idea = "A queue does not know that no more items will come. Somebody has to end "
            "its consumers: with a sentinel, or by cancelling them.",
    .look = "All three items are consumed at 0.000. Then Task-3 waits for the queue, "
            "and main for Task-3: a deadlock, in which asyncio would hang.",
    .belief = "Consumers end when the producer has ended.",
    .may_deadlock = true,
    main_is(main_task),
};
