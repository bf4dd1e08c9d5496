/* debug.h — debug mode: the run reports slow turns and calls from the wrong thread.
 *
 *     co_set_slow_callback_duration(0.01); // in s
 *     co_block(0.02);
 *     if (co_get_debug())
 *         co_say("this turn is reported");
 *
 * co_options.debug turns it on, for a program or for one run in it. A callback, or a
 * turn of a task, that takes long emits a CO_NOTE with the word "slow". co_call_soon()
 * in a thread of an executor is refused. If a task ends whose stack has a lock, a queue
 * or another primitive that a task still waits for, the program ends with a sentence.
 * The order of events does not change.
 */
#ifndef CO_DEBUG_H
#define CO_DEBUG_H

#include <stdbool.h>

/* loop.get_debug(): whether the run is in debug mode. loop.set_debug(): turn it on or
 * off, from the next callback or turn of a task to the end of the run.
 */
bool co_get_debug(void);
void co_set_debug(bool enabled);

/* loop.slow_callback_duration, in seconds: a callback or turn that takes at least this
 * time is reported. The default is 0.1.
 */
double co_slow_callback_duration(void);
void co_set_slow_callback_duration(double seconds);

#endif
