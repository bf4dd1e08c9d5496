/* bench.c — rounds, medians, and the clock. */
#include "tests/bench/bench.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST_ROUNDS = 99, MOST_WORKLOADS = 16 };

/* Of the round that runs in this process. */
static struct {
    double start;
    double figure;
} stopwatch;

/* The processor's time, in user and in kernel mode: what another process takes in
 * between does not count, nor does sleeping.
 */
static double now_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return now.tv_sec * 1e9 + now.tv_nsec;
}

void bench_start(void) { stopwatch.start = now_ns(); }

void bench_stop(double operations)
{
    bench_report((now_ns() - stopwatch.start) / operations);
}

void bench_report(double figure) { stopwatch.figure = figure; }

static int run(const struct workload *workload)
{
    if (workload->bare)
        return workload->body(NULL);
    return co_run(workload->body, &(co_options){ .virtual_time = true });
}

/* One round in a child process. False: it crashed or failed, and said so. */
static bool measure(const struct workload *workload, double *ret_figure)
{
    int ends[2];

    if (pipe(ends) < 0)
        return false;
    fflush(NULL);

    pid_t child = fork();
    if (child == 0) {
        int r = run(workload);
        if (r < 0)
            fprintf(stderr, "%s: %s\n", workload->name, co_strerror(r));
        bool sent = write(ends[1], &stopwatch.figure, sizeof(double)) > 0;
        _exit(r < 0 || !sent);
    }
    close(ends[1]);

    int status = 0;
    bool sent = child > 0 && read(ends[0], ret_figure, sizeof(double)) > 0;
    close(ends[0]);
    if (child > 0)
        waitpid(child, &status, 0);
    if (WIFSIGNALED(status))
        fprintf(stderr, "%s: %s\n", workload->name, strsignal(WTERMSIG(status)));
    return sent && status == 0;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static double median(double figures[], int count)
{
    qsort(figures, count, sizeof(figures[0]), by_size);
    return (figures[(count - 1) / 2] + figures[count / 2]) / 2;
}

static bool wanted(const char *name, char *const names[], int count)
{
    for (int i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return count == 0;
}

int bench_main(int argc, char *argv[], const struct workload workloads[], size_t count)
{
    double figures[MOST_WORKLOADS][MOST_ROUNDS];
    bool failed[MOST_WORKLOADS] = {};
    int rounds = 7, status = 0;

    if (argc > 2 && strcmp(argv[1], "-n") == 0) {
        rounds = atoi(argv[2]);
        argc -= 2;
        argv += 2;
    }
    if (rounds < 1 || rounds > MOST_ROUNDS || count > MOST_WORKLOADS) {
        fprintf(stderr, "from 1 to %d rounds, please\n", MOST_ROUNDS);
        return 2;
    }
#ifndef __OPTIMIZE__
    fprintf(stderr, "warning: built without optimisation, these figures say little\n");
#endif

    for (int round = 0; round < rounds; round++)
        for (size_t i = 0; i < count; i++)
            if (wanted(workloads[i].name, argv + 1, argc - 1) && !failed[i])
                failed[i] = !measure(&workloads[i], &figures[i][round]);

    for (size_t i = 0; i < count; i++) {
        if (!wanted(workloads[i].name, argv + 1, argc - 1))
            continue;
        double figure = failed[i] ? NAN : median(figures[i], rounds);
        printf("%-14s %s %.*f\n", workloads[i].name, workloads[i].unit,
               figure < 1 ? 3 : 1, figure);
        status |= failed[i];
    }
    return status;
}
