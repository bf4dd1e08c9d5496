/* spawn.c — W2: the whole life of a task, one at a time or 10,000 at once. */
#include <stdlib.h>

#include "tests/bench/bench.h"

enum { ALIVE = 10000 };

struct child {
    bool pauses;
};

static int child(void *frame)
{
    const struct child *self = frame;

    if (self->pauses)
        await(co_sleep(0));
    return 0;
}

static co_checked int one_by_one(int tasks)
{
    for (int i = 0; i < tasks; i++) {
        co_task *task = co_spawn(child, .pauses = false);
        await(co_join(task));
        co_drop(task);
    }
    return 0;
}

static int spawn(void *)
{
    enum { TASKS = 1000000 };

    await(one_by_one(TASKS / 10));
    bench_start();
    await(one_by_one(TASKS));
    bench_stop(TASKS);
    return 0;
}

static co_checked int batch(co_task *tasks[], bool pauses)
{
    for (int i = 0; i < ALIVE; i++)
        tasks[i] = co_spawn(child, .pauses = pauses);
    for (int i = 0; i < ALIVE; i++) {
        await(co_join(tasks[i]));
        co_drop(tasks[i]);
    }
    return 0;
}

static void release(co_task ***tasks) { free(*tasks); }

static co_checked int batches(bool pauses)
{
    enum { BATCHES = 50 };
    finally(release) co_task **tasks = malloc(ALIVE * sizeof(*tasks));

    if (!tasks)
        return UV_ENOMEM;
    for (int i = 0; i < 3; i++)
        await(batch(tasks, pauses));

    bench_start();
    for (int i = 0; i < BATCHES; i++)
        await(batch(tasks, pauses));
    bench_stop((double)BATCHES * ALIVE);
    return 0;
}

/* All stacks are in use at once: each child waits before it ends. */
static int alive(void *) { return batches(true); }

/* All are waiting to start at once, and end in their first turn. */
static int brief(void *) { return batches(false); }

static const struct workload workloads[] = {
    { "W2.spawn", "ns", spawn },
    { "W2.alive", "ns", alive },
    { "W2.brief", "ns", brief },
};

int main(int argc, char *argv[]) { return bench_main(argc, argv, workloads, 3); }
