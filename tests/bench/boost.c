/* boost.c — the peer of switch.c and spawn.c: Boost.Context, which has no scheduler.
 *
 * Its two functions have C linkage but a C++ header, so they are declared here.
 */
#include "tests/bench/bench.h"

struct transfer {
    void *from; /* the context we come from, to go back to */
    void *data;
};

void *make_fcontext(void *top, size_t size, void (*entry)(struct transfer));
struct transfer jump_fcontext(void *to, void *data);

_Alignas(4096) static char stack[65536];

static void answer(struct transfer transfer)
{
    for (;;)
        transfer = jump_fcontext(transfer.from, NULL);
}

static int bounce(void *)
{
    enum { BOUNCES = 5000000 };
    struct transfer transfer;

    transfer.from = make_fcontext(stack + sizeof(stack), sizeof(stack), answer);
    for (int i = 0; i < BOUNCES / 10; i++)
        transfer = jump_fcontext(transfer.from, NULL);

    bench_start();
    for (int i = 0; i < BOUNCES; i++)
        transfer = jump_fcontext(transfer.from, NULL);
    bench_stop(2.0 * BOUNCES);
    return 0;
}

/* The least a coroutine can be: make it on a warm stack, go there, come back. */
static int make_and_run(void *)
{
    enum { TASKS = 5000000 };

    bench_start();
    for (int i = 0; i < TASKS; i++)
        jump_fcontext(make_fcontext(stack + sizeof(stack), sizeof(stack), answer),
                      NULL);
    bench_stop(TASKS);
    return 0;
}

static const struct workload workloads[] = {
    { "W1.switch", "ns", bounce, .bare = true },
    { "W2.spawn", "ns", make_and_run, .bare = true },
};

int main(int argc, char *argv[]) { return bench_main(argc, argv, workloads, 2); }
