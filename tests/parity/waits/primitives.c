/* Waits for each primitive, several tasks at each. */
#include "lessons/lesson.h"

static struct {
    co_lock lock;
    co_semaphore semaphore;
    co_event event;
    co_condition condition;
    co_barrier barrier;
    co_queue queue;
} shared;

struct visitor {
    int number;
};

static int visitor(void *frame)
{
    const struct visitor *self = frame;
    void *item;

    with_lock(&shared.lock)
        await(co_sleep(0.1));
    with_semaphore(&shared.semaphore)
        await(co_sleep(0.1));
    await(co_event_wait(&shared.event));
    with_condition(&shared.condition)
        await(co_condition_wait(&shared.condition));
    await(co_barrier_wait(&shared.barrier));
    await(co_queue_get(&shared.queue, &item));
    await(co_sleep(0));
    co_queue_task_done(&shared.queue);
    say("visitor %d", self->number);
    return 0;
}

static int main_task(void *)
{
    co_lock_init(&shared.lock);
    await(co_semaphore_init(&shared.semaphore, 1));
    co_event_init(&shared.event);
    co_condition_init(&shared.condition, NULL);
    await(co_barrier_init(&shared.barrier, 4));
    co_queue_init(&shared.queue, 1);

    co_task *visitors[3];
    for (int i = 0; i < 3; i++)
        visitors[i] = co_spawn(visitor, i);
    await(co_sleep(1));
    co_event_set(&shared.event);
    await(co_sleep(1));
    with_condition(&shared.condition)
        co_condition_notify_all(&shared.condition);
    await(co_barrier_wait(&shared.barrier));
    for (int i = 0; i < 3; i++)
        await(co_queue_put(&shared.queue, NULL));
    await(co_queue_join(&shared.queue));
    await(co_gatherv(visitors, 3));
    return 0;
}

static int program(void) { return co_run(main_task, NULL); }

const struct about waits_primitives = {
    .title = "primitives",
    .replays = "",
    .program = program,
};
