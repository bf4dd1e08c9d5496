/* Each function has a lock of its own, and the balance is wrong all the same. */
#include "lessons/lesson.h"

async_def(change, co_lock *lock, int *balance, int amount)
{
    with_lock(self->lock) {
        int before = *self->balance;
        say("balance %d, change %d", before, self->amount);
        await(co_sleep(0.1));
        *self->balance = before + self->amount;
    }
    return 0;
}

async_def(main_task, int balance)
{
    self->balance = 100;
    co_lock *deposits = new_lock("deposits"), *withdrawals = new_lock("withdrawals");
    await(gather(co_spawn(change, deposits, &self->balance, 50),
                 co_spawn(change, withdrawals, &self->balance, -30)));
    say("balance %d", self->balance);
    return 0;
}

const struct about locks_two_locks = {
    .title = "two locks around the same balance",
    .idea = "A lock protects data only if everything that uses the data takes this "
            "same lock.",
    .look = "No task waits for a lock: each finds its own lock free. Both read 100, "
            "and the balance ends at 70 and not at 120.",
    .belief = "Any lock protects; each function can have its own.",
    main_is(main_task),
};
