/* Many functions that sleep in few threads, for times many of which are equal. */
#include "lessons/lesson.h"

enum { JOBS = 24, SLEEPS = 5 };

thread_def(restless, int number)
{
    say("thread %d", self->number);
    for (int i = 0; i < SLEEPS; i++) {
        co_block((self->number * 7 + i * i) % 4 / 100.0);
        say("thread %d.%d", self->number, i);
    }
    return self->number;
}

async_def(job, co_executor *pool, int number)
{
    co_future *future = co_execute(self->pool, restless, self->number);
    double limit = self->number % 5 == 0 ? 0.04 : CO_FOREVER;

    if (attempt(co_within(limit, co_join(future))) == UV_ETIMEDOUT) {
        say("late %d", self->number);
        return 0;
    }
    say("done %d", self->number);
    return 0;
}

async_def(main_task)
{
    co_executor *pool = co_executor_new(7);
    co_task *jobs[JOBS];

    for (int i = 0; i < JOBS; i++)
        jobs[i] = co_spawn(job, pool, i);
    for (int i = 0; i < 20; i++) {
        await(co_sleep(0.01));
        say("main %d", i);
        if (i % 7 == 3)
            co_block(0.03);
    }
    await(co_gatherv(jobs, JOBS));
    co_executor_finish(pool);
    say("over at %.2f", co_now());
    return 0;
}

const struct about threads_many = {
    .title = "many",
    .replays = "",
    main_is(main_task),
};
