/* A lock lets one task at a time count; then a semaphore lets in two. */
#include "lessons/lesson.h"

async_def(worker, co_lock *lock, int *counter, int id, int iterations)
{
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

async_def(lock_demo, int counter)
{
    say("=== Async Lock Demo ===");
    co_lock *lock = new_lock("counter");
    co_task *workers[3];
    for (int i = 0; i < 3; i++)
        workers[i] = co_spawn(worker, lock, &self->counter, i, 5);
    await(gatherv(workers, 3));
    say("Final counter value: %d", self->counter);
    return 0;
}

async_def(visitor, co_semaphore *semaphore, int id)
{
    with_semaphore(self->semaphore) {
        say("Worker %d accessing limited resource", self->id);
        await(co_sleep(co_uniform(1, 2)));
        say("Worker %d releasing limited resource", self->id);
    }
    return 0;
}

async_def(semaphore_demo)
{
    say("\n=== Async Semaphore Demo ===");
    co_semaphore *semaphore = new_semaphore("limited", 2);
    co_task *visitors[5];
    for (int i = 0; i < 5; i++)
        visitors[i] = co_spawn(visitor, semaphore, i);
    await(gatherv(visitors, 5));
    return 0;
}

async_def(main_task)
{
    await(co_call(lock_demo));
    return await(co_call(semaphore_demo));
}

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
    main_is(main_task),
};
