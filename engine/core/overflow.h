/* overflow.h — stack overflows of tasks, found by a signal handler. (Private to the
 * engine.)
 */
#ifndef CO_OVERFLOW_H
#define CO_OVERFLOW_H

#include <signal.h>

/* While it is installed, a fault in the guard of the running task's stack ends the
 * process with a sentence. Any other fault goes to the handler that was there before.
 */
struct co_overflow {
    void *memory; /* the stack of the handler, since that of the task is full */
    stack_t before;
    struct sigaction segv_before, bus_before;
};

void co_overflow_install(struct co_overflow *overflow);
void co_overflow_remove(struct co_overflow *overflow);

#endif
