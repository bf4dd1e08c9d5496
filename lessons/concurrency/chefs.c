/* Three chefs with a dish each: all of them work at the same time. */
#include "lessons/lesson.h"

thread_def(cook, const char *dish, double seconds)
{
    time_sleep(self->seconds);
    say("%s: ready", self->dish);
    return 0;
}

async_def(chef, const char *dish, double seconds)
{
    await(co_thread(cook, self->dish, self->seconds));
    return 0;
}

async_def(main_task)
{
    await(gather(co_spawn(chef, "Pasta", 3), co_spawn(chef, "Vegetables", 2),
                 co_spawn(chef, "Dessert", 1)));
    say("All dishes are ready");
    return 0;
}

const struct about concurrency_chefs = {
    .title = "three chefs, a dish each: 3 s",
    .idea = "Parallelism is several threads or processes that work at the same moment. "
            "Each of them may block: it keeps only its own dish waiting.",
    .look = "Each task waits for a thread. The lines of the threads belong to no task "
            "in the trace, and come at 1.000, 2.000 and 3.000.",
    .truth = "The tutorial gives each chef a core. Here threads stand in for them. In "
             "Python threads overlap when they wait; only processes also compute at "
             "the same moment, because of the GIL.",
    .replays = "D04 D04x",
    main_is(main_task),
};
