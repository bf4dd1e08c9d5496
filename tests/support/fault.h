/* fault.h — run a program once with one injected fault (a cancellation or a failed
 * allocation) and check what must hold afterwards.
 *
 * Wherever the fault is injected: the program ends; each task that is spawned is done,
 * and an event says so; no wake-up is lost; what is acquired is released; no list of
 * waiters has the waiter of a task that is done; and every block of memory, every stack
 * and every error is freed.
 */
#ifndef FAULT_H
#define FAULT_H

#include <stdbool.h>

#include "engine/co.h"

/* The program under test: a main task, or a function that calls co_run() itself. */
struct fault_program {
    co_fn *main; /* NULL: */
    int (*program)(void);
    co_options options;
};

/* What is injected at the n-th place of its kind. */
enum fault {
    NO_FAULT,
    CANCEL_BEFORE_START, /* cancel a task when it is spawned */
    CANCEL_AT_WAIT, /* cancel a task that waits, at the start of the next iteration */
    CANCEL_AFTER_WAIT, /* the same one iteration later */
    CANCEL_AT_WAKE,    /* cancel a task between its wake-up and its turn */
    FAIL_ALLOCATION
};

struct fault_result {
    bool injected; /* there was an n-th place; false: the program ran without a fault */
    unsigned abandoned;        /* tasks that never ended */
    unsigned handles_left;     /* futures that the engine allocated and did not free */
    unsigned errors_left;      /* errors that nothing known refers to */
    int held;                  /* acquires without a release */
    unsigned long long output; /* a digest of all the program printed */
    char failure[256];         /* the first check that failed; "": none */
};

/* Run it and check. `baseline` is the result of a run without a fault, with which this
 * one is compared; NULL: this is that run.
 */
struct fault_result fault_run(const struct fault_program *program, enum fault fault,
                              unsigned nth, const struct fault_result *baseline);

/* Called by a program under test that does not release on every path: what it acquires
 * may stay acquired, and tasks that wait for it may never end.
 */
void fault_allow_unreleased(void);

#endif
