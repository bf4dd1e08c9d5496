/* A fast producer and a slow consumer: a queue without a limit, then one with it. */
#include "lessons/lesson.h"

async_def(producer, co_queue *queue)
{
    for (int item = 0; item < 9; item++) {
        await(co_sleep(0.1));
        await(put(self->queue, item));
        say("put %d: %zu in the queue", item, co_queue_size(self->queue));
    }
    return 0;
}

async_def(consumer, co_queue *queue)
{
    for (;;) {
        await(get(self->queue));
        await(co_sleep(0.3));
    }
}

async_def(demo, int maxsize)
{
    say("--- maxsize %d ---", self->maxsize);
    co_queue *queue = new_queue("items", self->maxsize);
    co_task *consuming = co_spawn(consumer, queue);
    await(co_call(producer, queue));
    co_cancel(consuming);
    return 0;
}

async_def(main_task)
{
    await(co_call(demo, 0));
    return await(co_call(demo, 2));
}

const struct about queues_unbounded = {
    .title = "six items too many, or a producer that waits",
    .idea = "Without a limit a queue grows as long as its producer is faster than its "
            "consumer. With a limit the producer has to wait: backpressure.",
    .look = "With maxsize 0, no limit, six items are in the queue at 0.900, and the "
            "producer has not waited for it. With maxsize 2 main waits in put.",
    .belief = "A queue without a limit is harmless.",
    main_is(main_task),
};
