/* signal.h — callbacks for signals of the system.
 *
 *     static void on_hangup(co_callback *)
 *     {
 *         co_say("reading the configuration again");
 *     }
 *
 *     static co_signal hangup = { { .run = on_hangup } };
 *     await(co_signal_start(&hangup, 1)); // SIGHUP
 *     await(co_sleep(60));
 *     co_signal_stop(&hangup);
 *
 * Ctrl-C is described in run.h: co_options.catch_sigint, co_interrupt().
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

/* add_signal_handler(): run the callback for each signal of this number. It runs in the
 * loop, as any callback, and not in a signal handler: in the iteration after the one
 * whose poll has found the signal. The system may merge several signals of one number.
 *
 * It replaces an earlier callback for the same signal, and a co_signal that is started
 * again handles only the new one. At its first call it sees the context variables as
 * they are now, and at later calls also the values that it has set.
 *
 * A run in which all tasks wait is no deadlock while a signal is handled. The virtual
 * clock does not wait for signals: it polls before each jump, and jumps if that finds
 * nothing.
 *
 * Does not suspend. Returns 0. CO_EVALUE: there is no such signal. CO_ERUNTIME: it
 * cannot be caught, or the loop is closed.
 */
int co_signal_start(co_signal *signal, int number);

/* remove_signal_handler(): the signal has the default action of the system again. The
 * end of a run does this as well. A co_signal on the stack or in the arguments of a
 * task must be stopped before the task ends. False: it was not started, or was
 * replaced.
 */
bool co_signal_stop(co_signal *signal);

#endif
