/* fault_sweep.h — run a program again and again, each time with one fault injected at
 * the next place.
 *
 * With FAULTS=cancel in the environment expect() and its variants cancel a waiting task
 * at each of the program's waits in turn; with FAULTS=memory they make each of its
 * allocations fail in turn. Of many places only some are tried. What the program prints
 * is then not compared; what must hold is in fault.h.
 */
#ifndef FAULT_SWEEP_H
#define FAULT_SWEEP_H

#include "tests/support/fault.h"

/* Whether the environment has FAULTS. */
bool fault_sweep_is_requested(void);

/* Sweep over the program, and fail the running test with what does not hold. */
void fault_sweep(const struct fault_program *program);

#endif
