/* One producer, one consumer, and an item that means there will be no more. */
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
    co_queue_init(&queue, 0); /* as long as it needs to be */
    queue.name = "items";

    await(co_gather(co_spawn(producer, .queue = &queue, .numbers = numbers, .n = 5),
                    co_spawn(consumer, .queue = &queue)));
    return 0;
}

static int program(void) { return co_run(main_task, NULL); }

const struct about queues_sentinel = {
    .title = "a producer twice as fast as its consumer",
    .idea = "A queue lets each side go at its own pace; a sentinel, an item like no "
            "other, says that there will be no more.",
    .look = "The producer has made its last item at 0.5 s; the consumer, who needs "
            "0.2 s for each, is busy until 1.1 s.",
    .replays = "D30",
    .program = program,
};
