/* One producer, one consumer, and an item that means that no more will come. */
#include "lessons/lesson.h"

struct producer {
    co_queue *queue;
    int *numbers;
    int n;
};

static int producer(void *frame)
{
    const struct producer *self = frame;

    for (int i = 0; i < self->n; i++) {
        await(co_sleep(0.1));
        await(co_queue_put(self->queue, &self->numbers[i]));
        say("Produced: %d", self->numbers[i]);
    }
    await(co_queue_put(self->queue, NULL)); /* the sentinel */
    return 0;
}

struct consumer {
    co_queue *queue;
};

static int consumer(void *frame)
{
    const struct consumer *self = frame;

    for (;;) {
        void *item;
        await(co_queue_get(self->queue, &item));
        if (!item)
            break;
        await(co_sleep(0.2));
        say("Consumed: %d", *(int *)item);
    }
    return 0;
}

static int main_task(void *)
{
    int numbers[] = { 0, 1, 2, 3, 4 };
    finally(co_queue_finish) co_queue queue;
    co_queue_init(&queue, 0); /* without a limit */
    queue.name = "items";

    await(co_gather(co_spawn(producer, .queue = &queue, .numbers = numbers, .n = 5),
                    co_spawn(consumer, .queue = &queue)));
    return 0;
}

static int program(void) { return co_run(main_task, NULL); }

const struct about queues_sentinel = {
    .title = "a producer twice as fast as its consumer",
    .idea = "A queue lets each side work at its own pace. A sentinel is an item that "
            "is not data: it means that no more items will come.",
    .look = "The producer puts its last item at 0.5 s; the consumer, which needs 0.2 "
            "s for each item, is done at 1.1 s.",
    .replays = "D30",
    .program = program,
};
