/* Wait until all work is done, then cancel the consumers that still wait. */
#include "lessons/lesson.h"

#include <stdio.h>

enum { ITEMS = 5, PRODUCERS = 2, CONSUMERS = 3 };

struct producer {
    co_queue *queue;
    int id;

    char items[ITEMS][32]; /* the queue holds pointers to these */
};

static int producer(void *frame)
{
    struct producer *self = frame;

    for (int i = 0; i < ITEMS; i++) {
        char *item = self->items[i];
        snprintf(item, sizeof(self->items[i]), "Item-%d-%d", self->id, i);

        await(co_queue_put(self->queue, item));
        say("Producer %d produced: %s", self->id, item);
        await(co_sleep(co_uniform(0.1, 0.5)));
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
            co_queue_task_done(self->queue); /* sentinels count as well */
            break;
        }

        say("Consumer %d consuming: %s", self->id, (char *)item);
        await(co_sleep(co_uniform(0.2, 0.6)));
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
    co_queue_init(queue, 0);
    queue->name = "items";

    for (int i = 0; i < PRODUCERS; i++)
        producers[i] = co_spawn(producer, .queue = queue, .id = i);
    for (int i = 0; i < CONSUMERS; i++)
        consumers[i] = co_spawn(consumer, .queue = queue, .id = i);

    await(co_gatherv(producers, PRODUCERS));
    await(co_queue_join(queue)); /* until task_done was called for every item */

    for (int i = 0; i < CONSUMERS; i++)
        co_cancel(consumers[i]);
    return 0;
}

static int program(void)
{
    struct main_task shared = {};
    int r = co_run_with(main_task, &shared, NULL);

    co_queue_finish(&shared.queue);
    return r;
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
    .program = program,
};
