/* signal.h — callbacks for signals of the system.
 *
 * What Ctrl-C does is told in run.h: co_options.catch_sigint, co_interrupt().
 */
#ifndef CO_SIGNAL_H
#define CO_SIGNAL_H

#include <stdbool.h>

#include "engine/loop.h"

/* Embed it, and set callback.run. The caller owns it, and keeps it in place until it
 * is stopped or the run is over.
 */
typedef struct co_signal {
    co_callback callback;
} co_signal;

/* add_signal_handler: have the callback run for each signal of this number that comes,
 * as a callback of the loop, an iteration after the loop has noticed. It takes the
 * place of an earlier one for the same signal, and it sees the context variables as
 * they are now. A run that waits for signals alone waits, and is no deadlock; time goes
 * on meanwhile. Does not suspend. CO_EVALUE: there is no such signal. CO_ERUNTIME: it
 * cannot be caught.
 */
int co_signal_start(co_signal *signal, int number);

/* remove_signal_handler: what the signal does is the system's default again. The end
 * of a run does it as well. False: it was not started, or another took its place.
 */
bool co_signal_stop(co_signal *signal);

#endif
