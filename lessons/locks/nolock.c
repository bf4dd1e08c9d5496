/* Two deposits at the same time: one of them vanishes. */
#include "lessons/lesson.h"

async_def(deposit, int *balance, int amount)
{
    int before = *self->balance;
    say("balance %d, deposit %d", before, self->amount);
    await(co_sleep(0.1));
    *self->balance = before + self->amount;
    return 0;
}

async_def(main_task, int balance)
{
    self->balance = 100;
    await(gather(co_spawn(deposit, &self->balance, 50),
                 co_spawn(deposit, &self->balance, 30)));
    say("balance %d", self->balance);
    return 0;
}

const struct about locks_nolock = {
    .title = "100 and 50 and 30 are 130",
    .idea = "A task that reads, waits and writes overwrites what others wrote while "
            "it waited.",
    .look = "Both tasks read 100 before either writes. The second one writes 100 + 30 "
            "at 0.100, and the 50 are gone.",
    .truth = "One tutorial says: no locks, no race conditions, because there is one "
             "thread. But other tasks run while a task waits.",
    .belief = "One thread means that there are no races.",
    main_is(main_task),
};
