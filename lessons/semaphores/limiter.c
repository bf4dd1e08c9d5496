/* A limiter for two calls per second that limits nothing. */
#include "lessons/lesson.h"

struct limiter {
    double rate, per, allowance, last_check;
};

static int acquire(struct limiter *self)
{
    double current = co_now();
    double time_passed = current - self->last_check;
    self->last_check = current;
    self->allowance += time_passed * (self->rate / self->per);
    if (self->allowance > self->rate)
        self->allowance = self->rate;

    if (self->allowance < 1) {
        await(co_sleep((1 - self->allowance) * (self->per / self->rate)));
        self->allowance = 0; /* the flaw: too late for those that sleep as well */
    } else
        self->allowance -= 1;
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
    self->limiter = (struct limiter){ 2, 1, 2, co_now() };
    co_task *calls[10];
    for (int i = 0; i < 10; i++)
        calls[i] = co_spawn(make_api_call, &self->limiter, i);
    int results = await(gatherv(calls, 10));
    say("Completed %d calls", len(results));
    return 0;
}

const struct about semaphores_limiter = {
    .title = "two calls at once, and then eight at once",
    .idea = "Between the check of the allowance and its change the task sleeps. All "
            "tasks that check meanwhile see the same allowance.",
    .look = "Calls 2 to 9 are all made at 0.500: each task has found an allowance of "
            "0 at 0.000, and each has slept the same half second.",
    .truth = "The tutorial says: allow 2 requests per second. In fact all ten calls "
             "are made in half a second and done after one. The example "
             "'limiter-locked' does it right.",
    .replays = "C30",
    main_is(main_task),
};
