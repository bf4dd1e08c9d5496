/* More functions than threads, and a pool that is shut down while they run. */
#include "lessons/lesson.h"

thread_def(job, const char *name, double seconds)
{
    say("%s begins", self->name);
    co_block(self->seconds);
    say("%s ends", self->name);
    return text("%s", self->name);
}

async_def(run, co_executor *pool, const char *name, double seconds)
{
    int result = await(co_join(co_execute(self->pool, job, self->name, self->seconds)));
    say("got %s", str(result));
    return 0;
}

async_def(ticks, int times, double seconds)
{
    for (int i = 0; i < self->times; i++) {
        await(co_sleep(self->seconds));
        say("tick %d", i);
    }
    return 0;
}

static int more_than_threads(void)
{
    static const char *const names[] = { "e", "f", "g" };
    static const double seconds[] = { 0.15, 0.25, 0.14 };
    co_executor *pool = co_executor_new(2);

    await(co_gather(co_spawn(run, pool, "a", 0.2), co_spawn(run, pool, "b", 0.45),
                    co_spawn(run, pool, "c", 0.15), co_spawn(run, pool, "d", 0.12)));
    say("all four");

    /* The shutdown waits, and so does the loop. */
    for (int i = 0; i < 3; i++)
        co_execute(pool, job, names[i], seconds[i]);
    await(co_sleep(0.05));
    say("leaving");
    co_executor_finish(pool);
    say("left");
    if (attempt(co_join(co_execute(pool, job, "h", 1))) == CO_ERUNTIME)
        say("%s", co_why());
    return 0;
}

async_def(main_task)
{
    static const char *const names[] = { "i", "j", "k" };
    co_task *ticking = co_spawn(ticks, 5, 0.3);

    await(more_than_threads());
    await(co_sleep(0.05));

    /* One that has not begun is cancelled, and never begins. */
    co_executor *pool = co_executor_new(1);
    co_future *futures[3];
    for (int i = 0; i < 3; i++)
        futures[i] = co_execute(pool, job, names[i], 0.2);
    await(co_sleep(0.1));
    say("cancel j: %s", co_cancel(futures[1]) ? "True" : "False");
    await(co_wait(CO_ALL_COMPLETED, CO_FOREVER, futures[0], futures[2]));
    await(co_join(ticking));

    /* The end of the program waits for this one. */
    co_execute(co_executor_new(0), job, "l", 0.3);
    await(co_sleep(0.05));
    return 0;
}

static int program(void)
{
    int r = co_run(main_task, NULL);

    say("over");
    return r;
}

const struct about threads_pool = {
    .title = "pool",
    .replays = "",
    .program = program,
};
