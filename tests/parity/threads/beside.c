/* Functions that begin at once and sleep in threads, beside a task that ticks. */
#include "lessons/lesson.h"

thread_def(blocking, const char *name, double seconds)
{
    say("%s begins at %.2f", self->name, co_now());
    co_block(self->seconds);
    say("%s ends at %.2f", self->name, co_now());
    return text("%s", self->name);
}

thread_def(compute, int a, int b)
{
    say("%d + %d", self->a, self->b);
    return self->a + self->b;
}

thread_def(fail, const char *reason) { return co_raise(CO_EVALUE, "%s", self->reason); }

async_def(ticks, int times, double seconds)
{
    for (int i = 0; i < self->times; i++) {
        await(co_sleep(self->seconds));
        say("tick %d", i);
    }
    return 0;
}

async_def(to_thread, const char *name, double seconds)
{
    return await(co_thread(blocking, self->name, self->seconds));
}

async_def(main_task)
{
    co_task *ticking = co_spawn(ticks, 6, 0.25);
    int result = await(co_thread(blocking, "a", 0.6));
    say("%s", str(result));

    await(co_gather(co_spawn(to_thread, "b", 0.2), co_spawn(to_thread, "c", 0.12),
                    co_spawn(ticks, 2, 0.05)));

    /* These do not sleep. */
    say("%d", await(co_thread(compute, 2, 3)));
    co_executor *pool = co_executor_new(0);
    co_future *future = co_execute(pool, compute, 4, 5);
    say("submitted");
    say("%d", await(co_join(future)));
    co_executor_finish(pool);
    int r = attempt(co_thread(fail, "no number"));
    say("%s: %s", co_exception_name(r), co_why());
    return await(co_join(ticking));
}

const struct about threads_beside = {
    .title = "beside",
    .replays = "",
    main_is(main_task),
};
