/* Threads that sleep: side by side, one after the other, and beside a loop that blocks.
 */
#include "lessons/lesson.h"

thread_def(job, const char *name, double first, double second)
{
    for (double seconds = self->first; seconds > 0;
         seconds = seconds == self->first ? self->second : 0) {
        co_block(seconds);
        say("%s has slept", self->name);
    }
    return text("%s", self->name);
}

async_def(in_thread, const char *name, double first, double second)
{
    int result = await(co_thread(job, self->name, self->first, self->second));
    say("%s", str(result));
    return 0;
}

async_def(beside, double seconds)
{
    await(co_sleep(self->seconds));
    say("%g s waited", self->seconds);
    return 0;
}

thread_def(fail)
{
    co_block(0.25);
    return co_raise(CO_EVALUE, "failed in a thread");
}

async_def(fails, co_executor *pool)
{
    return await(co_join(co_execute(self->pool, fail)));
}

async_def(main_task)
{
    await(gather(co_spawn(in_thread, "a", 1, 2), co_spawn(in_thread, "b", 2, 0.5),
                 co_spawn(beside, 1.5)));

    /* Two threads, three functions: the third one begins when a thread is free. */
    co_executor *pool = co_executor_new(2);
    await(co_gather(co_execute(pool, job, "c", 1, 0.5),
                    co_execute(pool, job, "d", 1, 1.5), co_execute(pool, job, "e", 1)));

    /* The loop blocks, the threads continue. */
    co_future *future = co_execute(pool, job, "f", 1, 0.5);
    co_block(1.25);
    say("blocked");
    int result = await(co_join(future));
    say("%s", str(result));

    result = await(settle(co_spawn(fails, pool)));
    say("%s", str(result));

    /* Of these nobody waits: the end of the run does, for those of the default
     * executor.
     */
    co_execute(NULL, job, "g", 1);
    await(co_sleep(0.5));
    return 0;
}

static int program(void)
{
    int r = co_run(main_task, NULL);

    say("over");
    return r;
}

const struct about waits_threads = {
    .title = "threads",
    .replays = "",
    .program = program,
};
