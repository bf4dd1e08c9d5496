/* overflow.h — a stack overflow, reported as a sentence. (Private to the engine.)
 */
#ifndef CO_OVERFLOW_H
#define CO_OVERFLOW_H

#include <signal.h>

/* While it is installed, a fault in the guard of the running task's stack ends the
 * process with a sentence; any other goes to whoever handled faults before.
 */
struct co_overflow {
    void *memory; /* a signal handler needs a stack of its own here */
    stack_t before;
    struct sigaction segv_before, bus_before;
};

void co_overflow_install(struct co_overflow *overflow);
void co_overflow_remove(struct co_overflow *overflow);

#endif
