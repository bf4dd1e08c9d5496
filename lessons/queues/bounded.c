/* A queue with room for three, two producers, three consumers, and an end that does
 * not always come: whoever finds a sentinel puts it back for the next consumer, so
 * the first producer to finish sends them all home.
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
            /* The flaw: the other producer may not be done at all. */
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
    .title = "room for three: backpressure, and an end that may not come",
    .idea = "A bounded queue makes fast producers wait for slow consumers, which is "
            "good as long as there still are consumers.",
    .look = "Count the items processed. Seed 0 gets through all ten; seed 3 loses one "
            "and does not notice; with seed 53 a producer waits for room for ever.",
    .truth = "Passing one sentinel round does not end it well: the first producer's "
             "None retires every consumer while the other may still be producing. Of "
             "the seeds 0 to 1999, 264 lose an item and still print 'finished', and "
             "23 hang. The example 'shutdown' does it right.",
    .replays = "B08",
    .random = true,
    .may_deadlock = true,
    .program = program,
};
