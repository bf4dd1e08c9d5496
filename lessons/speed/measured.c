/* Five sleeps one by one, the same five at once, and the speedup. */
#include "lessons/lesson.h"

async_def(io_task, double delay)
{
    await(co_sleep(self->delay));
    return 0;
}

async_def(measure_performance)
{
    const double delays[] = { 0.1, 0.2, 0.1, 0.3, 0.1 };

    double start = co_now();
    for (int i = 0; i < 5; i++)
        await(co_call(io_task, delays[i]));
    double sequential_time = co_now() - start;

    start = co_now();
    co_task *tasks[5];
    for (int i = 0; i < 5; i++)
        tasks[i] = co_spawn(io_task, delays[i]);
    await(gatherv(tasks, 5));
    double concurrent_time = co_now() - start;

    say("Sequential: %.2fs", sequential_time);
    say("Concurrent: %.2fs", concurrent_time);
    say("Speedup: %.2fx", sequential_time / concurrent_time);
    return 0;
}

const struct about speed_measured = {
    .title = "five sleeps: 0.8 s one by one, 0.3 s at once",
    .idea = "One by one the times add up; at once only the longest counts.",
    .look = "Until 0.800 main is alone and sleeps five times. Then five tasks sleep "
            "together; the fourth, with 0.3 s, is done last.",
    .replays = "B18",
    main_is(measure_performance),
};
