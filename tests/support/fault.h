/* fault.h — one run of a program under test, disturbed once or not at all, and what
 * is wrong with it.
 *
 * Wherever a program is disturbed, these hold: it ends; whoever was spawned ends, and
 * is told to have ended; nobody waits for what is there for the taking; what is
 * acquired is released; nobody who has gone stands in line; and every block of memory,
 * every stack and every error is given back.
 */
#ifndef FAULT_H
#define FAULT_H

#include <stdbool.h>

#include "engine/co.h"

/* A program as a fact has it: a main task, or code around some of them. */
struct scenario {
    co_fn *main; /* NULL: */
    int (*program)(void);
    co_options options;
};

/* What is done to the program, once: at the n-th place there is for it. */
enum disturbance {
    UNDISTURBED,
    UNBORN, /* a task is cancelled before its first turn, */
    PARKED, /* or while it waits, before all else in the next iteration, */
    LATER,  /* or the same an iteration later, */
    WOKEN,  /* or between the end of its wait and its turn */
    STARVED /* an allocation fails */
};

struct verdict {
    bool disturbed;          /* there was such a place */
    unsigned abandoned;      /* tasks that never ended, */
    unsigned lost;           /* handles nobody owns, */
    unsigned errors;         /* and errors nobody is known to hold */
    int held;                /* how much more was acquired than released */
    unsigned long long said; /* a digest of all it printed */
    char complaint[256];     /* what is wrong; "": nothing */
};

/* Run it. It is compared with `normal`, how it is undisturbed; NULL: not yet known. */
struct verdict try(const struct scenario *scenario, enum disturbance how, unsigned nth,
                   const struct verdict *normal);

/* The program that runs does not see to it that what it acquires is released. */
void trial_excuse(void);

#endif
