/* The lock is taken for the write, but not for the read before it. */
#include "lessons/lesson.h"

async_def(deposit, co_lock *lock, int *balance, int amount)
{
    int before = *self->balance;
    say("balance %d, deposit %d", before, self->amount);
    with_lock(self->lock) {
        await(co_sleep(0.1));
        *self->balance = before + self->amount;
    }
    return 0;
}

async_def(main_task, int balance)
{
    self->balance = 100;
    co_lock *lock = new_lock("balance");
    await(gather(co_spawn(deposit, lock, &self->balance, 50),
                 co_spawn(deposit, lock, &self->balance, 30)));
    say("balance %d", self->balance);
    return 0;
}

const struct about locks_write_only = {
    .title = "a lock that is taken too late",
    .idea = "The lock has to be held from the read to the write. A value that was "
            "read before is out of date when the lock is acquired.",
    .look = "Task-3 waits for the lock until 0.100, as it should. But it has read 100 "
            "before, at 0.000, and so it writes 130.",
    .belief = "A lock around the write is enough.",
    main_is(main_task),
};
