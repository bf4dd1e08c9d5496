/* Threads and timers whose time is over at once: the order in which they began. */
#include "lessons/lesson.h"

struct sleeps {
    int count;
    double seconds[3];
};

thread_def(naps, const char *name, struct sleeps sleeps)
{
    say("%s begins", self->name);
    for (int i = 0; i < self->sleeps.count; i++) {
        co_block(self->sleeps.seconds[i]);
        say("%s after %g", self->name, self->sleeps.seconds[i]);
    }
    return 0;
}

async_def(in_thread, co_executor *pool, const char *name, struct sleeps sleeps)
{
    await(co_join(co_execute(self->pool, naps, self->name, self->sleeps)));
    say("%s is done", self->name);
    return 0;
}

async_def(ticks, const char *name, int times, double seconds)
{
    for (int i = 0; i < self->times; i++) {
        await(co_sleep(self->seconds));
        say("%s %d", self->name, i);
    }
    return 0;
}

static void on_early(co_callback *) { say("early timer"); }

static void on_late(co_callback *) { say("late timer"); }

async_def(main_task, co_timer early, co_timer late)
{
    co_executor *pool = co_executor_new(3);

    self->early = (co_timer){ .callback.run = on_early };
    self->late = (co_timer){ .callback.run = on_late };
    co_call_later(&self->early, 0.5);
    await(co_gather(co_spawn(in_thread, pool, "a", { 2, { 0.25, 0.25 } }),
                    co_spawn(ticks, "tick", 4, 0.25),
                    co_spawn(in_thread, pool, "b", { 2, { 0.5, 0.5 } }),
                    co_spawn(in_thread, pool, "c", { 3, { 0.25, 0, 0.25 } }),
                    co_spawn(in_thread, pool, "d", { 1, { 0.5 } }),
                    co_spawn(in_thread, pool, "e", { 2, { 0, 0.25 } }),
                    co_spawn(ticks, "tock", 2, 0.5)));

    /* The loop is blocked when their time comes. */
    co_task *f = co_spawn(in_thread, pool, "f", { 2, { 0.25, 0.25 } });
    co_task *g = co_spawn(in_thread, pool, "g", { 2, { 0.25, 0.25 } });
    await(co_sleep(0));
    co_call_later(&self->late, 0.5);
    co_block(0.5);
    say("blocked");
    await(co_gather(f, g));
    await(co_sleep(0));
    say("over at %.2f", co_now());
    return 0;
}

const struct about threads_ties = {
    .title = "ties",
    .replays = "",
    main_is(main_task),
};
