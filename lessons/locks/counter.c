/* A lock lets one task at a time count; then a semaphore lets in two. */
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
            /* Read, wait, write: without the lock, writes between would be lost. */
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
    .idea = "A lock lets one task at a time into its block; a semaphore lets in as "
            "many as its value. Both wake waiters in the order in which they began to "
            "wait.",
    .look = "The workers take strict turns, 0, 1, 2: the task that releases the lock "
            "waits again behind the others. At most two of the five visitors use the "
            "resource at once.",
    .truth = "One tutorial says that a single thread needs no locks. This program "
             "does: the worker waits between reading and writing, and without the "
             "lock the counter would end at 5, not at 15.",
    .replays = "B07",
    .random = true,
    .program = program,
};
