/* The same queue of at most three items, ended by the task that knows when: main waits
 * for all producers, and then puts one sentinel for each consumer.
 */
#include "lessons/lesson.h"

#include <stdio.h>

enum { ITEMS = 5, PRODUCERS = 2, CONSUMERS = 3 };

struct producer {
    co_queue *queue;
    int id;

    char items[ITEMS][48]; /* the queue holds pointers to these */
};

static int producer(void *frame)
{
    struct producer *self = frame;

    for (int i = 0; i < ITEMS; i++) {
        char *item = self->items[i];
        snprintf(item, sizeof(self->items[i]), "Item-%d-from-Producer-%d", i + 1,
                 self->id);

        await(co_sleep(co_uniform(0.1, 0.3)));
        await(co_queue_put(self->queue, item));
        say("Producer %d produced: Item-%d", self->id, i + 1);
    }
    return 0;
}

struct consumer {
    co_queue *queue;
    int id;
};

static int consumer(void *frame)
{
    const struct consumer *self = frame;

    for (;;) {
        void *item;
        await(co_queue_get(self->queue, &item));
        if (!item)
            break;

        say("Consumer %d processing: %s", self->id, (char *)item);
        await(co_sleep(co_uniform(0.2, 0.4)));
        co_queue_task_done(self->queue);
    }
    return 0;
}

/* The tasks share this and may outlive main, so it is no local variable of main. */
struct main_task {
    co_queue queue;
};

static int main_task(void *frame)
{
    co_queue *queue = &((struct main_task *)frame)->queue;
    co_task *producers[PRODUCERS], *consumers[CONSUMERS];
    co_queue_init(queue, 3);
    queue->name = "items";

    say("=== Async Queue Demo ===");
    for (int i = 0; i < PRODUCERS; i++)
        producers[i] = co_spawn(producer, .queue = queue, .id = i);
    for (int i = 0; i < CONSUMERS; i++)
        consumers[i] = co_spawn(consumer, .queue = queue, .id = i);

    await(co_gatherv(producers, PRODUCERS));
    for (int i = 0; i < CONSUMERS; i++)
        await(co_queue_put(queue, NULL)); /* behind the last item: none is lost */
    await(co_gatherv(consumers, CONSUMERS));

    say("All producers and consumers finished");
    return 0;
}

static int program(void)
{
    struct main_task shared = {};
    int r = co_run_with(main_task, &shared, NULL);

    co_queue_finish(&shared.queue);
    return r;
}

const struct about queues_shutdown = {
    .title = "the bounded queue, ended well: one sentinel per consumer",
    .idea = "Only the task that waits for all producers knows that the last item is "
            "in the queue. It then puts the sentinels behind that item, one for each "
            "consumer.",
    .look = "Whatever the seed, ten items are produced and ten are processed.",
    .replays = "B08x",
    .random = true,
    .program = program,
};
