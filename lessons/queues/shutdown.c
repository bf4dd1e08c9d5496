/* The same queue of at most three items, ended by the task that knows when: main waits
 * for all producers, and then puts one sentinel for each consumer.
 */
#include "lessons/lesson.h"

enum { ITEMS = 5, PRODUCERS = 2, CONSUMERS = 3 };

async_def(producer, co_queue *queue, int id)
{
    for (int number = 1; number <= ITEMS; number++) {
        await(co_sleep(co_uniform(0.1, 0.3)));
        await(put(self->queue, text("Item-%d-from-Producer-%d", number, self->id)));
        say("Producer %d produced: Item-%d", self->id, number);
    }
    return 0;
}

async_def(consumer, co_queue *queue, int id)
{
    for (int item; (item = await(get(self->queue))) != None;) {
        say("Consumer %d processing: %s", self->id, str(item));
        await(co_sleep(co_uniform(0.2, 0.4)));
        co_queue_task_done(self->queue);
    }
    return 0;
}

async_def(main_task)
{
    say("=== Async Queue Demo ===");
    co_queue *queue = new_queue("items", 3);
    co_task *producers[PRODUCERS], *consumers[CONSUMERS];
    for (int i = 0; i < PRODUCERS; i++)
        producers[i] = co_spawn(producer, queue, i);
    for (int i = 0; i < CONSUMERS; i++)
        consumers[i] = co_spawn(consumer, queue, i);

    await(gatherv(producers, PRODUCERS));
    for (int i = 0; i < CONSUMERS; i++)
        await(put(queue, None)); /* behind the last item: none is lost */
    await(gatherv(consumers, CONSUMERS));

    say("All producers and consumers finished");
    return 0;
}

const struct about queues_shutdown = {
    .title = "the bounded queue, ended well: one sentinel per consumer",
    .idea = "Only the task that waits for all producers knows that the last item is "
            "in the queue. It then puts the sentinels behind that item, one for each "
            "consumer.",
    .look = "Whatever the seed, ten items are produced and ten are processed.",
    .replays = "B08x",
    .random = true,
    main_is(main_task),
};
