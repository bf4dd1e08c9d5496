/* A lock, so that only one may count at a time; then a semaphore, which lets in two. */
#include "lessons/lesson.h"

struct worker {
    co_lock *lock;
    int *counter;
    int id;
    int iterations;
};

static int worker(void *frame)
{
    const struct worker *self = frame;

    for (int i = 0; i < self->iterations; i++)
        with_lock(self->lock) {
            /* Read, wait, write: whoever came in between would be overwritten. */
            int current = *self->counter;
            await(co_sleep(0.01));
            *self->counter = current + 1;
            say("Worker %d: Counter = %d", self->id, *self->counter);
        }
    return 0;
}

struct lock_demo {
};

static int lock_demo(void *)
{
    co_task *workers[3];
    int counter = 0;
    co_lock lock;
    co_lock_init(&lock);
    lock.name = "counter";

    say("=== Async Lock Demo ===");
    for (int i = 0; i < 3; i++)
        workers[i] = co_spawn(worker, .lock = &lock, .counter = &counter, .id = i,
                              .iterations = 5);
    await(co_gatherv(workers, 3));
    say("Final counter value: %d", counter);
    return 0;
}

struct visitor {
    co_semaphore *semaphore;
    int id;
};

static int visitor(void *frame)
{
    const struct visitor *self = frame;

    with_semaphore(self->semaphore) {
        say("Worker %d accessing limited resource", self->id);
        await(co_sleep(co_uniform(1, 2)));
        say("Worker %d releasing limited resource", self->id);
    }
    return 0;
}

struct semaphore_demo {
};

static int semaphore_demo(void *)
{
    co_task *visitors[5];
    co_semaphore semaphore;
    co_semaphore_init(&semaphore, 2);
    semaphore.name = "limited";

    say("\n=== Async Semaphore Demo ===");
    for (int i = 0; i < 5; i++)
        visitors[i] = co_spawn(visitor, .semaphore = &semaphore, .id = i);
    await(co_gatherv(visitors, 5));
    return 0;
}

static int main_task(void *)
{
    await(co_call(lock_demo));
    await(co_call(semaphore_demo));
    return 0;
}

static int program(void) { return co_run(main_task, NULL); }

const struct about locks_counter = {
    .title = "three workers, one counter, one lock; then a semaphore",
    .idea = "A lock lets one task at a time into its block, a semaphore as many as it "
            "has places; both serve in the order asked.",
    .look = "The workers take strict turns, 0, 1, 2, since whoever leaves queues up "
            "behind the other two. Of the five visitors never more than two are in.",
    .truth = "A single thread does not make locks needless, as one tutorial has it: "
             "between reading and writing this worker waits, and without the lock the "
             "counter would end at 5, not at 15.",
    .replays = "B07",
    .random = true,
    .program = program,
};
