/* bench.h — measure workloads, and print a line for each: name, unit, figure.
 *
 * A program of workloads is run as `program [-n ROUNDS] [NAME...]`; without names
 * it measures all it has. Each figure is the median of its rounds (7 by default),
 * and the rounds of different workloads alternate, so that a noisy moment of the
 * machine does not fall on one of them alone.
 */
#ifndef BENCH_H
#define BENCH_H

#include <stdbool.h>
#include <stddef.h>

#include "engine/co.h"

struct workload {
    const char *name;
    const char *unit;
    co_fn *body; /* one round; runs as the main task on virtual time, */
    bool bare;   /* unless it is a plain function that wants no run around it */
};

/* Measure what the arguments ask for; the exit status of the program. Each round
 * runs in a process of its own: it finds no memory that is warm from another one.
 */
int bench_main(int argc, char *argv[], const struct workload workloads[], size_t count);

/* Called by the body, after its warm-up: its figure is the processor time between
 * the two, in nanoseconds per operation …
 */
void bench_start(void);
void bench_stop(double operations);

/* … or what it says itself; NAN: it could not be measured. */
void bench_report(double figure);

#endif
