/* A queue of at most three items, two producers, three consumers, and an end that does
 * not always come: a consumer that gets a sentinel puts it back for the next consumer,
 * so the first producer that is done ends all consumers.
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
        await(co_queue_put(self->queue, item)); /* waits here while it is full */
        say("Producer %d produced: Item-%d", self->id, i + 1);
    }
    await(co_queue_put(self->queue, NULL)); /* "I am done" */
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
        if (!item) {
            /* The flaw: the other producer may still be producing. */
            await(co_queue_put(self->queue, NULL));
            break;
        }

        say("Consumer %d processing: %s", self->id, (char *)item);
        await(co_sleep(co_uniform(0.2, 0.4)));
        co_queue_task_done(self->queue);
    }
    return 0;
}

static int main_task(void *)
{
    co_task *tasks[PRODUCERS + CONSUMERS];
    int count = 0;
    finally(co_queue_finish) co_queue queue;
    co_queue_init(&queue, 3);
    queue.name = "items";

    say("=== Async Queue Demo ===");
    for (int i = 0; i < PRODUCERS; i++)
        tasks[count++] = co_spawn(producer, .queue = &queue, .id = i);
    for (int i = 0; i < CONSUMERS; i++)
        tasks[count++] = co_spawn(consumer, .queue = &queue, .id = i);

    await(co_gatherv(tasks, count));
    say("All producers and consumers finished");
    return 0;
}

static int program(void) { return co_run(main_task, NULL); }

const struct about queues_bounded = {
    .title = "at most three items: backpressure, and an end that may not come",
    .idea = "A bounded queue makes fast producers wait for slow consumers. This works "
            "only as long as there are consumers.",
    .look = "Count the items processed. With seed 0 all ten are processed. With seed "
            "3 one is lost, and nothing reports it. With seed 53 a producer waits for "
            "space that no task will free: here the run ends as a deadlock at 1.320; "
            "asyncio would wait forever.",
    .truth = "One sentinel that is passed on does not end it well: the first "
             "producer's None ends every consumer, while the other producer may still "
             "be producing. Of the seeds 0 to 1999, 264 lose an item and still print "
             "'finished', and 23 hang. The example 'shutdown' does it right.",
    .replays = "B08",
    .random = true,
    .may_deadlock = true,
    .program = program,
};
