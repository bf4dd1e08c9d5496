/* debug.h — debug mode: the run reports slow turns and calls from the wrong thread.
 *
 *     co_set_slow_callback_duration(0.01); // in s
 *     co_busy(0.02);
 *     if (co_get_debug())
 *         co_say("this turn is reported");
 *
 * co_options.debug turns it on. A callback, or a turn of a task, that takes long is
 * emitted as CO_NOTE of kind "slow"; co_call_soon() from another thread is refused. A
 * lock, queue or other primitive in the frame of a task that ends, while another task
 * still waits for it, ends the program with a sentence. The order of events stays the
 * same.
 */
#ifndef CO_DEBUG_H
#define CO_DEBUG_H

#include <stdbool.h>

/* loop.get_debug(): whether the run is in debug mode. */
bool co_get_debug(void);

/* loop.slow_callback_duration: what takes at least this long, in s, is reported; 0.1
 * unless it is set.
 */
double co_slow_callback_duration(void);
void co_set_slow_callback_duration(double seconds);

#endif
