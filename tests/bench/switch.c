/* switch.c — W1: from one stack to another and back, without a scheduler. */
#include "engine/system/context.h"
#include "tests/bench/bench.h"

struct ends {
    struct co_context caller;
    struct co_context callee;
};

static void answer(void *argument)
{
    struct ends *ends = argument;

    for (;;)
        co_context_switch(&ends->callee, &ends->caller, 0);
}

static int bounce(void *)
{
    enum { BOUNCES = 5000000 };
    _Alignas(4096) static char stack[65536];
    struct ends ends;

    co_context_adopt(&ends.caller);
    co_context_make(&ends.callee, stack, sizeof(stack), answer, &ends);
    for (int i = 0; i < BOUNCES / 10; i++)
        co_context_switch(&ends.caller, &ends.callee, 0);

    bench_start();
    for (int i = 0; i < BOUNCES; i++)
        co_context_switch(&ends.caller, &ends.callee, 0);
    bench_stop(2.0 * BOUNCES);
    return 0;
}

static const struct workload workloads[] = {
    { "W1.switch", "ns", bounce, .bare = true },
};

int main(int argc, char *argv[]) { return bench_main(argc, argv, workloads, 1); }
