/* yield.c — W1: one turn through the ready queue, of two tasks or very many. */
#include "tests/bench/bench.h"

struct other {
};

/* Until the run ends, which cancels it. */
static int other(void *)
{
    for (;;)
        await(co_sleep(0));
}

/* The main task yields like the others, so each of its turns is a round of all. */
static co_checked int take_turns(int others, int rounds)
{
    for (int i = 0; i < others; i++)
        co_spawn(other);
    for (int i = 0; i < 3 + rounds / 10; i++)
        await(co_sleep(0));

    bench_start();
    for (int i = 0; i < rounds; i++)
        await(co_sleep(0));
    bench_stop((1.0 + others) * rounds);
    return 0;
}

static int two(void *) { return take_turns(1, 2000000); }
static int ring_of_1000(void *) { return take_turns(999, 4000); }
static int ring_of_100000(void *) { return take_turns(99999, 30); }

static const struct workload workloads[] = {
    { "W1.yield", "ns", two },
    { "W1.ring.1000", "ns", ring_of_1000 },
    { "W1.ring.100000", "ns", ring_of_100000 },
};

int main(int argc, char *argv[]) { return bench_main(argc, argv, workloads, 3); }
