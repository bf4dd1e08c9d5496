/* parked.c — W5: the resident memory of a task that waits. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <unistd.h>

#include "tests/bench/bench.h"

struct parked {
    co_event *event;
};

static int parked(void *frame)
{
    const struct parked *self = frame;

    return await(co_event_wait(self->event));
}

static double resident_bytes(void)
{
    FILE *file = fopen("/proc/self/statm", "r");
    long pages = 0;

    if (!file || fscanf(file, "%*d %ld", &pages) != 1)
        pages = 0;
    if (file)
        fclose(file);
    return (double)pages * sysconf(_SC_PAGESIZE);
}

/* What the system would give us without swapping; 0: it does not say. */
static double available_bytes(void)
{
    FILE *file = fopen("/proc/meminfo", "r");
    char line[128];
    int64_t kibibytes = 0;

    while (file && fgets(line, sizeof(line), file))
        if (sscanf(line, "MemAvailable: %" SCNd64, &kibibytes) == 1)
            break;
    if (file)
        fclose(file);
    return kibibytes * 1024.0;
}

static co_checked int park(int tasks)
{
    co_event event;
    co_task *last = NULL;

    /* A stack of which two pages are touched, and something to spare. */
    if (available_bytes() < tasks * 9000.0) {
        fprintf(stderr, "not enough memory for %d tasks\n", tasks);
        bench_report(NAN);
        return 0;
    }

    co_event_init(&event);
    double before = resident_bytes();
    for (int i = 0; i < tasks; i++)
        last = co_spawn(parked, &event);
    await(co_sleep(0));
    await(co_sleep(0));
    bench_report((resident_bytes() - before) / tasks);

    /* They wake in the order they came. */
    co_event_set(&event);
    await(co_join(last));
    return 0;
}

static int hundred_thousand(void *) { return park(100000); }
static int million(void *) { return park(1000000); }

static const struct workload workloads[] = {
    { "W5.100000", "B", hundred_thousand },
    { "W5.1000000", "B", million },
};

int main(int argc, char *argv[]) { return bench_main(argc, argv, workloads, 2); }
