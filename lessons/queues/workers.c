/* Wait until all work is done, then cancel the consumers that still wait. */
#include "lessons/lesson.h"

enum { ITEMS = 5, PRODUCERS = 2, CONSUMERS = 3 };

async_def(producer, co_queue *queue, int id)
{
    for (int number = 0; number < ITEMS; number++) {
        int item = text("Item-%d-%d", self->id, number);
        await(put(self->queue, item));
        say("Producer %d produced: %s", self->id, str(item));
        await(co_sleep(co_uniform(0.1, 0.5)));
    }
    return await(put(self->queue, None)); /* "I am done" */
}

async_def(consumer, co_queue *queue, int id)
{
    for (int item; (item = await(get(self->queue))) != None;) {
        say("Consumer %d consuming: %s", self->id, str(item));
        await(co_sleep(co_uniform(0.2, 0.6)));
        co_queue_task_done(self->queue);
    }
    return co_queue_task_done(self->queue); /* sentinels count as well */
}

async_def(main_task)
{
    co_queue *queue = new_queue("items", 0);
    co_task *producers[PRODUCERS], *consumers[CONSUMERS];
    for (int i = 0; i < PRODUCERS; i++)
        producers[i] = co_spawn(producer, queue, i);
    for (int i = 0; i < CONSUMERS; i++)
        consumers[i] = co_spawn(consumer, queue, i);

    await(gatherv(producers, PRODUCERS));
    await(co_queue_join(queue)); /* until task_done was called for every item */

    for (int i = 0; i < CONSUMERS; i++)
        co_cancel(consumers[i]);
    return 0;
}

const struct about queues_workers = {
    .title = "two producers, three consumers: join the queue, then cancel",
    .idea = "join() waits until task_done() was called for every item that was put. "
            "After that every consumer waits for an item, and can be cancelled.",
    .look = "Two consumers end by themselves, each at a sentinel. For the third there "
            "is no sentinel: only the cancellation ends it.",
    .truth = "The step 'Cancel consumers' cancels only one: two sentinels have ended "
             "the other two before, and to cancel a task that is done does nothing. "
             "join() and cancel() make this shutdown right, not the sentinels.",
    .replays = "C31",
    .random = true,
    main_is(main_task),
};
