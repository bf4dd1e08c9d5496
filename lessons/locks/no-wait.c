/* Three deposits without a lock, and none is lost. */
#include "lessons/lesson.h"

async_def(deposit, int *balance, int amount)
{
    await(co_sleep(0.1));
    int before = *self->balance;
    *self->balance = before + self->amount;
    say("balance %d", *self->balance);
    return 0;
}

async_def(main_task, int balance)
{
    self->balance = 100;
    await(gather(co_spawn(deposit, &self->balance, 50),
                 co_spawn(deposit, &self->balance, 30),
                 co_spawn(deposit, &self->balance, 20)));
    return 0;
}

const struct about locks_no_wait = {
    .title = "read and write in one turn: no lock needed",
    .idea = "No other task runs between two waits of a task. What is read and written "
            "without a wait between needs no lock.",
    .look = "The tasks resume at the same time, 0.100, but one after the other; each "
            "reads what the one before it wrote. The balance ends at 200.",
    .belief = "Whatever tasks share needs a lock.",
    main_is(main_task),
};
