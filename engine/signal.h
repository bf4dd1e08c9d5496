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
 * What Ctrl-C does to a run is in run.h: co_options.catch_sigint, co_interrupt().
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

/* add_signal_handler: run the callback for each signal of this number that comes. It is
 * no signal handler: it runs in the loop, as any callback, in the iteration after the
 * one whose poll has found the signal, and may call whatever a callback may. The system
 * may merge signals of one number that come fast.
 *
 * It takes the place of an earlier callback for the same signal. It sees the context
 * variables as they are now, and next time those that it has set.
 *
 * A run that waits for signals alone waits, and is no deadlock. The virtual clock does
 * not wait for them: each jump of it is preceded by a poll, and goes on if that finds
 * nothing.
 *
 * Does not suspend. Returns 0. CO_EVALUE: there is no such signal. CO_ERUNTIME: it
 * cannot be caught, or the loop is closed.
 */
int co_signal_start(co_signal *signal, int number);

/* remove_signal_handler: the signal has the default action of the system again. The end
 * of a run does it as well; a co_signal in the frame of a task must be stopped before
 * the task ends, as by finally(co_signal_stop). False: it was not started, or another
 * took its place.
 */
bool co_signal_stop(co_signal *signal);

#endif
