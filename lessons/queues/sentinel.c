/* One producer, one consumer, and an item that means that no more will come. */
#include "lessons/lesson.h"

async_def(producer, co_queue *queue, int n)
{
    for (int number = 0; number < self->n; number++) {
        await(co_sleep(0.1));
        await(put(self->queue, number));
        say("Produced: %d", number);
    }
    return await(put(self->queue, None)); /* the sentinel */
}

async_def(consumer, co_queue *queue)
{
    for (int item; (item = await(get(self->queue))) != None;) {
        await(co_sleep(0.2));
        say("Consumed: %d", item);
    }
    return 0;
}

async_def(main_task)
{
    co_queue *queue = new_queue("items", 0); /* without a limit */
    await(gather(co_spawn(producer, queue, 5), co_spawn(consumer, queue)));
    return 0;
}

const struct about queues_sentinel = {
    .title = "a producer twice as fast as its consumer",
    .idea = "A queue lets each side work at its own pace. A sentinel is an item that "
            "is not data: it means that no more items will come.",
    .look = "The producer puts its last item at 0.5 s; the consumer, which needs 0.2 "
            "s for each item, is done at 1.1 s.",
    .replays = "D30",
    main_is(main_task),
};
