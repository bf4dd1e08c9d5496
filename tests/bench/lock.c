/* lock.c — W6: a lock that 1,000 tasks want, held across an await. */
#include "tests/bench/bench.h"

enum { VISITORS = 1000 };

struct visitor {
    co_lock *lock;
    int visits;
};

static int visitor(void *frame)
{
    const struct visitor *self = frame;

    for (int i = 0; i < self->visits; i++) {
        with_lock(self->lock) {
            await(co_sleep(0));
        }
    }
    return 0;
}

static co_checked int contend(co_lock *lock, int visits)
{
    co_task *visitors[VISITORS];

    for (int i = 0; i < VISITORS; i++)
        visitors[i] = co_spawn(visitor, lock, visits);
    await(co_gatherv(visitors, VISITORS));
    for (int i = 0; i < VISITORS; i++)
        co_drop(visitors[i]);
    return 0;
}

static int contended(void *)
{
    enum { VISITS = 1000 };
    co_lock lock;

    co_lock_init(&lock);
    await(contend(&lock, VISITS / 10));

    bench_start();
    await(contend(&lock, VISITS));
    bench_stop((double)VISITORS * VISITS);
    return 0;
}

static const struct workload workloads[] = {
    { "W6.lock", "ns", contended },
};

int main(int argc, char *argv[]) { return bench_main(argc, argv, workloads, 1); }
