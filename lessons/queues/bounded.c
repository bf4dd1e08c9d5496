/* A queue of at most three items, two producers, three consumers, and an end that does
 * not always come: a consumer that gets a sentinel puts it back for the next consumer,
 * so the first producer that is done ends all consumers.
 */
#include "lessons/lesson.h"

enum { ITEMS = 5, PRODUCERS = 2, CONSUMERS = 3 };

async_def(producer, co_queue *queue, int id)
{
    for (int number = 1; number <= ITEMS; number++) {
        await(co_sleep(co_uniform(0.1, 0.3)));
        int item = text("Item-%d-from-Producer-%d", number, self->id);
        await(put(self->queue, item)); /* waits while it is full */
        say("Producer %d produced: Item-%d", self->id, number);
    }
    return await(put(self->queue, None)); /* "I am done" */
}

async_def(consumer, co_queue *queue, int id)
{
    for (int item; (item = await(get(self->queue))) != None;) {
        say("Consumer %d processing: %s", self->id, str(item));
        await(co_sleep(co_uniform(0.2, 0.4)));
        co_queue_task_done(self->queue);
    }
    return await(put(self->queue, None)); /* the flaw: the other may still produce */
}

async_def(main_task)
{
    say("=== Async Queue Demo ===");
    co_queue *queue = new_queue("items", 3);
    co_task *tasks[PRODUCERS + CONSUMERS];
    for (int i = 0; i < PRODUCERS; i++)
        tasks[i] = co_spawn(producer, queue, i);
    for (int i = 0; i < CONSUMERS; i++)
        tasks[PRODUCERS + i] = co_spawn(consumer, queue, i);
    await(gatherv(tasks, PRODUCERS + CONSUMERS));
    say("All producers and consumers finished");
    return 0;
}

const struct about queues_bounded = {
    .title = "at most three items: backpressure, and an end that may not come",
    .idea = "A bounded queue makes fast producers wait for slow consumers. This works "
            "only as long as there are consumers.",
    .look = "With seed 117 the queue is full at 0.890, and Task-3 waits for space "
            "('wait queue items put'); with seed 0 it is never full. Count the items "
            "processed: ten with seed 0. With seed 3 one is lost, and nothing reports "
            "it. With seed 53 Task-3 waits for space that no task will free: the run "
            "ends as a deadlock at 1.320; asyncio would hang.",
    .truth = "One sentinel that is passed on does not end it well: the first "
             "producer's None ends every consumer, while the other producer may still "
             "be producing. Of the seeds 0 to 1999, 264 lose an item and still print "
             "'finished', and 23 hang. The example 'shutdown' does it right.",
    .replays = "B08",
    .random = true,
    .may_deadlock = true,
    main_is(main_task),
};
