/* torture.h — every program under test again and again, disturbed wherever it can be.
 *
 * With FACTS_TORTURE=cancel in the environment, expect() and its kin cancel whoever
 * waits at every wait in turn; with FACTS_TORTURE=memory they let every allocation in
 * turn fail. (Of many only some.) What the program prints is not looked at then,
 * but how it ends: trial.h.
 */
#ifndef TORTURE_H
#define TORTURE_H

#include "tests/trial.h"

bool torture_is_asked_for(void);

/* Torture it, and fail the running test with what is wrong. */
void torture(const struct scenario *scenario);

#endif
