/* fault_sweep.h — every program under test again and again, disturbed wherever it can
 * be.
 *
 * With FACTS_TORTURE=cancel in the environment, expect() and its kin cancel whoever
 * waits at every wait in turn; with FACTS_TORTURE=memory they let every allocation in
 * turn fail. (Of many only some.) What the program prints is not looked at then,
 * but how it ends: fault.h.
 */
#ifndef FAULT_SWEEP_H
#define FAULT_SWEEP_H

#include "tests/support/fault.h"

bool torture_is_asked_for(void);

/* Torture it, and fail the running test with what is wrong. */
void torture(const struct scenario *scenario);

#endif
