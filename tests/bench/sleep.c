/* sleep.c — W4: 100,000 tasks that sleep up to a second, in real time: what it costs
 * the processor, from the first spawn to the last end.
 */
#include <stdlib.h>

#include "tests/bench/bench.h"

enum { SLEEPERS = 100000 };

struct sleeper {
    double seconds;
};

static int sleeper(void *frame)
{
    const struct sleeper *self = frame;

    await(co_sleep(self->seconds));
    return 0;
}

static void release(co_task ***tasks) { free(*tasks); }

static int sleepers(void *)
{
    finally(release) co_task **tasks = malloc(SLEEPERS * sizeof(*tasks));

    if (!tasks)
        return UV_ENOMEM;

    bench_start();
    for (int i = 0; i < SLEEPERS; i++)
        tasks[i] = co_spawn(sleeper, .seconds = i * 7919LL % 1000 / 1000.0);
    await(co_gatherv(tasks, SLEEPERS));
    bench_stop(1e9); /* so in seconds */
    return 0;
}

static int in_real_time(void *) { return co_run(sleepers, NULL); }

static const struct workload workloads[] = {
    { "W4.sleepers", "s", in_real_time, .bare = true },
};

int main(int argc, char *argv[]) { return bench_main(argc, argv, workloads, 1); }
