/* The limiter with a lock: one task at a time checks, sleeps and changes. */
#include "lessons/lesson.h"

struct limiter {
    double rate, per, allowance, last_check;
    co_lock *lock;
};

static int acquire(struct limiter *self)
{
    with_lock(self->lock) {
        double time_passed = co_now() - self->last_check;
        self->allowance += time_passed * (self->rate / self->per);
        if (self->allowance > self->rate)
            self->allowance = self->rate;

        if (self->allowance < 1) {
            await(co_sleep((1 - self->allowance) * (self->per / self->rate)));
            self->allowance = 1;
        }
        self->allowance -= 1;
        self->last_check = co_now();
    }
    return 0;
}

async_def(make_api_call, struct limiter *limiter, int id)
{
    await(acquire(self->limiter));
    say("Making API call %d", self->id);
    await(co_sleep(0.5));
    return text("Result %d", self->id);
}

async_def(main_task, struct limiter limiter)
{
    self->limiter = (struct limiter){ 2, 1, 2, co_now(), new_lock("limiter") };
    co_task *calls[10];
    for (int i = 0; i < 10; i++)
        calls[i] = co_spawn(make_api_call, &self->limiter, i);
    int results = await(gatherv(calls, 10));
    say("Completed %d calls", len(results));
    return 0;
}

const struct about semaphores_limiter_locked = {
    .title = "two calls at once, and then one every half second",
    .idea = "What is read before a wait and written after it needs a lock around all "
            "of it. The limiter also counts time from after its sleep.",
    .look = "Calls 0 and 1 are made at 0.000, call 2 at 0.500, call 3 at 1.000, and "
            "so on to call 9 at 4.000. The other tasks wait for the lock meanwhile.",
    .replays = "C30x",
    main_is(main_task),
};
